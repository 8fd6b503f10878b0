import { median, ratioOf, type Spread } from "../statistics";

/** Does its work once for a number that tells the calls apart, and returns something that depends on it. */
export type Work = (call: number) => unknown;

export interface CpuComparison {
  /** Nanoseconds of CPU time per call. */
  oursNs: number;
  anchorNs: number;
  /** Anchor over ours: the median over rounds that measured both. */
  timesFaster: number;
  spread: Spread;
}

const ROUNDS = 7;
const ROUND_MS = 170;

/**
 * The CPU time of a call of each, in rounds that alternate: what disturbs the machine disturbs both, and a
 * ratio within a round is that of neighbours in time.
 */
export function compareCpu(ours: Work, anchor: Work): CpuComparison {
  const [ourCalls, anchorCalls] = [callsPerRound(ours), callsPerRound(anchor)];
  const rounds = Array.from({ length: ROUNDS }, (_, round) => {
    // Who comes first changes, so that none of the two always pays for the other's garbage.
    if (round % 2 === 0) return { ours: cpuNs(ours, ourCalls), anchor: cpuNs(anchor, anchorCalls) };
    const anchorNs = cpuNs(anchor, anchorCalls);
    return { ours: cpuNs(ours, ourCalls), anchor: anchorNs };
  });
  const { ratio, spread } = ratioOf(rounds.map((round) => round.anchor / round.ours));
  return {
    oursNs: median(rounds.map((round) => round.ours)),
    anchorNs: median(rounds.map((round) => round.anchor)),
    timesFaster: ratio,
    spread,
  };
}

/** Also warms up: the compiler has seen the work for several rounds' time. */
function callsPerRound(work: Work): number {
  let calls = 1_000;
  let measured = 0;
  while (measured < ROUND_MS) {
    calls *= 2;
    measured = (cpuNs(work, calls) * calls) / 1e6;
  }
  return calls;
}

/** What the work returned last: as long as somebody could read it, no compiler may leave the work out. */
export let lastResult: unknown;

function cpuNs(work: Work, calls: number): number {
  const before = process.cpuUsage();
  for (let call = 0; call < calls; call++) lastResult = work(call);
  const { user, system } = process.cpuUsage(before);
  return ((user + system) * 1_000) / calls;
}
