import { median, quantile } from "../statistics";

/** One call of a round, told by its number apart from all other calls of the run. */
export type Call = (call: number) => Promise<unknown>;

export interface Round {
  perSecond: number;
  p99Ms: number;
}

export interface LoadComparison {
  /** Medians over rounds. */
  ours: Round;
  anchor: Round;
  /** Ours over the anchor's: medians of the ratios within a round. */
  throughputRatio: number;
  p99Ratio: number;
  /** The lowest and the highest throughput ratio of a round. */
  spread: { from: number; to: number };
}

export interface Load {
  /** Callers at a time; each calls again when it was answered. */
  callers: number;
  callsPerRound: number;
  rounds: number;
  /** Runs before each measured round of ours, and gets the number of its first call. */
  prepare?: (firstCall: number) => Promise<void>;
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
  const throughputs = ratiosOf(({ perSecond }) => perSecond);
  return {
    ours: middleOf(rounds.map((round) => round.ours)),
    anchor: middleOf(rounds.map((round) => round.anchor)),
    throughputRatio: median(throughputs),
    p99Ratio: median(ratiosOf(({ p99Ms }) => p99Ms)),
    spread: { from: Math.min(...throughputs), to: Math.max(...throughputs) },
  };
}

const reversed = (anchor: Round, ours: Round) => ({ ours, anchor });

async function measure(call: Call, firstCall: number, { callers, callsPerRound }: Load): Promise<Round> {
  const latencies: number[] = [];
  let next = 0;
  const caller = async () => {
    while (next < callsPerRound) {
      const start = performance.now();
      await call(firstCall + next++);
      latencies.push(performance.now() - start);
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: callers }, caller));
  const seconds = (performance.now() - start) / 1_000;
  return { perSecond: latencies.length / seconds, p99Ms: quantile(latencies, 0.99) };
}

function middleOf(rounds: Round[]): Round {
  return {
    perSecond: median(rounds.map(({ perSecond }) => perSecond)),
    p99Ms: median(rounds.map(({ p99Ms }) => p99Ms)),
  };
}
