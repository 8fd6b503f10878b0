import type { Measurement } from "../benchmark";
import { inverseOf } from "../statistics";
import type { LoadComparison } from "./load";

/**
 * By the CPU time of a call where it is measured: who else is at work on the machine does not change it. The throughput
 * stands beside it. Of writes, most of that is waiting for the disk, which flushes for 64 callers at once or for those
 * that have a connection.
 */
export function figuresOf(
  { ours, anchor, throughput, p99Ratio, cpu }: LoadComparison,
  mostP99 = Number.POSITIVE_INFINITY,
): Measurement {
  const isMeasured = !Number.isNaN(cpu.ratio);
  const { from, to } = throughput.spread;
  const p99Goal = Number.isFinite(mostP99) ? ` (goal: ≤ ${mostP99})` : "";
  return {
    ...(isMeasured
      ? { ours: ours.cpuUs, anchor: anchor.cpuUs, ...cpu }
      : { ours: ours.perSecond, anchor: anchor.perSecond, ...throughput }),
    alsoMet: p99Ratio <= mostP99,
    notes: [
      ...(isMeasured ? [] : ["by throughput: there is no CPU time to read on this system"]),
      `${ours.perSecond.toFixed(0)} per second against ${anchor.perSecond.toFixed(0)}: ${throughput.ratio.toFixed(2)} × (${from.toFixed(2)} to ${to.toFixed(2)}); p99 ${p99Ratio.toFixed(2)} ×${p99Goal}`,
    ],
  };
}

/** The same where the goal is how much more ours may cost. */
export function costOf(comparison: LoadComparison): Measurement {
  const figures = figuresOf(comparison);
  const { ratio, spread: { from, to } = { from: ratio, to: ratio } } = figures;
  return { ...figures, ...inverseOf({ ratio, spread: { from, to } }) };
}
