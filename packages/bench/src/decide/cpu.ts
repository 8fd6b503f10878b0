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
/** How often the two take turns within a round: a machine is quicker in one moment than in the next. */
const TURNS = 40;
/** Long beside a collection of garbage, so that each pays for its own. */
const TURN_MS = 25;

/**
 * The CPU time of a call of each, in turns: what disturbs the machine disturbs both, and a ratio within a round is that
 * of neighbours in time.
 */
export function compareCpu(ours: Work, anchor: Work): CpuComparison {
  const [ourCalls, anchorCalls] = [callsPerTurn(ours), callsPerTurn(anchor)];
  // The first round only warms up.
  const rounds = Array.from({ length: ROUNDS + 1 }, () => {
    const round = { ours: 0, anchor: 0 };
    for (let turn = 0; turn < TURNS; turn++) {
      // Who comes first changes, so that none of the two always pays for the other's garbage.
      if (turn % 2 === 0) round.ours += cpuNs(ours, ourCalls) / TURNS;
      round.anchor += cpuNs(anchor, anchorCalls) / TURNS;
      if (turn % 2 === 1) round.ours += cpuNs(ours, ourCalls) / TURNS;
    }
    return round;
  }).slice(1);
  const { ratio, spread } = ratioOf(rounds.map((round) => round.anchor / round.ours));
  return {
    oursNs: median(rounds.map((round) => round.ours)),
    anchorNs: median(rounds.map((round) => round.anchor)),
    timesFaster: ratio,
    spread,
  };
}

function callsPerTurn(work: Work): number {
  let calls = 1_000;
  let measured = 0;
  while (measured < TURN_MS) {
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
