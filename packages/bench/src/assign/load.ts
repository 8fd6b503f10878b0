import { inverseOf, median, quantile, type Ratio, ratioOf } from "../statistics";
import type { CpuMeter } from "./cpu-time";

/** One call of a round, told by its number apart from all other calls of the run. */
export type Call = (call: number) => Promise<unknown>;

export interface Round {
  perSecond: number;
  p99Ms: number;
  /** CPU time of a call, in microseconds; not a number where it is not measured. */
  cpuUs: number;
}

export interface LoadComparison {
  /** Medians over rounds. */
  ours: Round;
  anchor: Round;
  /** Ours over the anchor's, within a round. */
  throughput: Ratio;
  p99Ratio: number;
  /** The anchor's over ours: how many times as much the same processor does. */
  cpu: Ratio;
}

export interface Load {
  /** Callers at a time; each calls again when it was answered. */
  callers: number;
  callsPerRound: number;
  rounds: number;
  /** Runs before each measured round of ours, and gets the number of its first call. */
  prepare?: (firstCall: number) => Promise<void>;
  meter?: CpuMeter | null;
}

/** Rounds of both in turn, so that what disturbs the machine disturbs both; the first ones only warm up. */
export async function compareUnderLoad(ours: Call, anchor: Call, load: Load): Promise<LoadComparison> {
  const rounds: { ours: Round; anchor: Round }[] = [];
  for (let round = 0; round <= load.rounds; round++) {
    const firstCall = round * load.callsPerRound;
    await load.prepare?.(firstCall);
    const measured =
      round % 2 === 0
        ? { ours: await measure(ours, firstCall, load), anchor: await measure(anchor, firstCall, load) }
        : reversed(await measure(anchor, firstCall, load), await measure(ours, firstCall, load));
    if (round > 0) rounds.push(measured);
  }
  const ratiosOf = (of: (round: Round) => number) => rounds.map(({ ours, anchor }) => of(ours) / of(anchor));
  return {
    ours: middleOf(rounds.map((round) => round.ours)),
    anchor: middleOf(rounds.map((round) => round.anchor)),
    throughput: ratioOf(ratiosOf(({ perSecond }) => perSecond)),
    p99Ratio: median(ratiosOf(({ p99Ms }) => p99Ms)),
    cpu: inverseOf(ratioOf(ratiosOf(({ cpuUs }) => cpuUs))),
  };
}

const reversed = (anchor: Round, ours: Round) => ({ ours, anchor });

async function measure(call: Call, firstCall: number, load: Load): Promise<Round> {
  const { callers, callsPerRound, meter } = load;
  const latencies: number[] = [];
  let next = 0;
  const caller = async () => {
    while (next < callsPerRound) {
      const start = performance.now();
      await call(firstCall + next++);
      latencies.push(performance.now() - start);
    }
  };
  const cpuBefore = meter?.() ?? Number.NaN;
  const start = performance.now();
  await Promise.all(Array.from({ length: callers }, caller));
  const seconds = (performance.now() - start) / 1_000;
  const cpuMs = (meter?.() ?? Number.NaN) - cpuBefore;
  return {
    perSecond: latencies.length / seconds,
    p99Ms: quantile(latencies, 0.99),
    cpuUs: (1_000 * cpuMs) / latencies.length,
  };
}

function middleOf(rounds: Round[]): Round {
  const middle = (of: (round: Round) => number) => median(rounds.map(of));
  return {
    perSecond: middle(({ perSecond }) => perSecond),
    p99Ms: middle(({ p99Ms }) => p99Ms),
    cpuUs: middle(({ cpuUs }) => cpuUs),
  };
}
