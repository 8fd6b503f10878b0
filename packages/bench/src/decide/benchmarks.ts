import type { Benchmark, Measurement } from "../benchmark";
import { type CpuComparison, compareCpu } from "./cpu";
import { flagd, floor, growthbook } from "./peers";
import { refuseIdle } from "./refuse-idle";
import { aWorkload, calcom, type Engine, type Workload, type WorkloadOptions } from "./workload";

const EXPERIMENTS = 20;
const MANY_EXPERIMENTS = 1_000;

export const decideBenchmarks: Benchmark[] = [
  {
    id: "decide-vs-growthbook",
    name: "Decide one experiment, against GrowthBook (CPU ns)",
    goal: { atLeast: 15 },
    run: () => againstPeer(growthbook),
  },
  {
    id: "decide-vs-flagd",
    name: "Decide one experiment, against flagd (CPU ns)",
    goal: { atLeast: 6 },
    run: () => againstPeer(flagd),
  },
  {
    id: "decide-vs-floor",
    name: "Decide one experiment, against code written by hand for it alone (CPU ns)",
    goal: { atMost: 3 },
    run: againstFloor,
  },
  {
    id: "decide-1000-vs-20",
    name: "Decide with 1,000 experiments loaded, against 20 (CPU ns)",
    goal: { atMost: 1.1 },
    run: manyAgainstFew,
  },
];

/** The figure is the worse one of those with and without a condition. */
async function againstPeer(peer: (workload: Workload) => Engine): Promise<Measurement> {
  const [without, within] = [compareWith(peer, false, "users"), compareWith(peer, true, "users")];
  const worse = without.timesFaster < within.timesFaster ? without : within;
  return {
    ours: worse.oursNs,
    anchor: worse.anchorNs,
    ratio: worse.timesFaster,
    spread: worse.spread,
    notes: [
      `without a condition ${wordsOf(without)}; with one ${wordsOf(within)}`,
      `ids of 36 characters: ${wordsOf(compareWith(peer, false, "visitors"))}; with a condition ${wordsOf(compareWith(peer, true, "visitors"))}`,
    ],
  };
}

/** The only peer that is faster; it has no phases, no weights, no overrides and no reasons. */
async function againstFloor(): Promise<Measurement> {
  const [without, within] = [slowdown(false), slowdown(true)];
  const worse = without.timesFaster > within.timesFaster ? without : within;
  return {
    ours: worse.anchorNs,
    anchor: worse.oursNs,
    ratio: worse.timesFaster,
    spread: worse.spread,
    notes: [`without a condition ${times(without)}, with one ${times(within)}`],
  };
}

function slowdown(hasCondition: boolean): CpuComparison {
  const workload = aWorkload({ experiments: EXPERIMENTS, hasCondition, ids: "users" });
  refuseIdle(floor(workload));
  return compareCpu(floor(workload), calcom(workload));
}

function compareWith(
  peer: (workload: Workload) => Engine,
  hasCondition: boolean,
  ids: WorkloadOptions["ids"],
): CpuComparison {
  const workload = aWorkload({ experiments: EXPERIMENTS, hasCondition, ids });
  const [ours, theirs] = [calcom(workload), peer(workload)];
  refuseIdle(ours);
  refuseIdle(theirs);
  return compareCpu(ours, theirs);
}

/** The figure is that of twenty slugs, as pages ask for them, whatever else is loaded. */
async function manyAgainstFew(): Promise<Measurement> {
  const [without, within] = [loadedAgainst(false), loadedAgainst(true)];
  const worse = without.same.timesFaster > within.same.timesFaster ? without : within;
  return {
    ours: worse.same.anchorNs,
    anchor: worse.same.oursNs,
    ratio: worse.same.timesFaster,
    spread: worse.same.spread,
    notes: [
      `without a condition ${times(without.same)}, with one ${times(within.same)}`,
      `all 1,000 in turn, which no request asks for: ${times(without.all)}, with a condition ${times(within.all)}`,
    ],
  };
}

function loadedAgainst(hasCondition: boolean): { same: CpuComparison; all: CpuComparison } {
  const few = aWorkload({ experiments: EXPERIMENTS, hasCondition, ids: "users" });
  const many = aWorkload({ experiments: MANY_EXPERIMENTS, hasCondition, ids: "users" });
  const asked = many.slugs.filter((_, index) => index % (MANY_EXPERIMENTS / EXPERIMENTS) === 0);
  return { same: compareCpu(calcom(few), calcom(many, asked)), all: compareCpu(calcom(few), calcom(many)) };
}

const wordsOf = ({ oursNs, anchorNs, timesFaster }: CpuComparison): string =>
  `${oursNs.toFixed(0)} against ${anchorNs.toFixed(0)} ns, ${timesFaster.toFixed(1)} ×`;
const times = ({ timesFaster }: CpuComparison): string => `${timesFaster.toFixed(2)} ×`;
