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
  /** How often the two take turns within a round: a machine is quicker in one second than in the next. */
  turns?: number;
  /** Runs before each measured round of ours, and gets the number of its first call. */
  prepare?: (firstCall: number) => Promise<void>;
  meter?: CpuMeter | null;
}

/** Rounds of both, in turns, so that what disturbs the machine disturbs both; the first round only warms up. */
export async function compareUnderLoad(ours: Call, anchor: Call, load: Load): Promise<LoadComparison> {
  const { turns: turnsPerRound = 4, callsPerRound } = load;
  const rounds: { ours: Round; anchor: Round }[] = [];
  for (let round = 0; round <= load.rounds; round++) {
    await load.prepare?.(round * callsPerRound);
    const [own, other] = [new Tally(), new Tally()];
    for (let turn = 0; turn < turnsPerRound; turn++) {
      const at = (share: number) => Math.round((round + share / turnsPerRound) * callsPerRound);
      const calls = { from: at(turn), to: at(turn + 1) };
      const turns = [() => measure(ours, calls, load, own), () => measure(anchor, calls, load, other)];
      // Who comes first changes, so that none of the two always pays for the other's garbage.
      for (const take of turn % 2 === 0 ? turns : turns.reverse()) await take();
    }
    if (round > 0) rounds.push({ ours: own.round(), anchor: other.round() });
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

interface Calls {
  from: number;
  to: number;
}

/** What the turns of a round add up to. */
class Tally {
  readonly latencies: number[] = [];
  seconds = 0;
  cpuMs = 0;

  round(): Round {
    return {
      perSecond: this.latencies.length / this.seconds,
      p99Ms: quantile(this.latencies, 0.99),
      cpuUs: (1_000 * this.cpuMs) / this.latencies.length,
    };
  }
}

async function measure(
  call: Call,
  { from, to }: Calls,
  { callers, meter }: Load,
  tally: Tally,
): Promise<void> {
  let next = from;
  const caller = async () => {
    while (next < to) {
      const start = performance.now();
      await call(next++);
      tally.latencies.push(performance.now() - start);
    }
  };
  const cpuBefore = meter?.() ?? Number.NaN;
  const start = performance.now();
  await Promise.all(Array.from({ length: callers }, caller));
  tally.seconds += (performance.now() - start) / 1_000;
  tally.cpuMs += (meter?.() ?? Number.NaN) - cpuBefore;
}

function middleOf(rounds: Round[]): Round {
  const middle = (of: (round: Round) => number) => median(rounds.map(of));
  return {
    perSecond: middle(({ perSecond }) => perSecond),
    p99Ms: middle(({ p99Ms }) => p99Ms),
    cpuUs: middle(({ cpuUs }) => cpuUs),
  };
}
