import { chances } from "./chances";
import type { Check, Group } from "./check";
import { coverage } from "./coverage";
import { daily } from "./daily";
import { epochs } from "./epochs";
import { analyseExperiment, aScenario, contradictionsOf, contradictionsOfMetric, Random } from "./internals";
import { noDifference } from "./no-difference";
import { power } from "./power";
import { segments } from "./segments";
import { splits } from "./splits";

/** Whole experiments of any design, whose figures must not contradict each other. */
const contradictions: Group = {
  name: "contradictions",
  run({ random, runs, observeExperiment }) {
    for (let i = 0; i < runs(40_000); i++)
      observeExperiment(analyseExperiment(aScenario(random, i % 2 === 0 ? "fixed" : "sequential")));
    return [];
  },
};

const groups: readonly Group[] = [
  noDifference,
  daily,
  coverage,
  power,
  splits,
  epochs,
  chances,
  contradictions,
  segments,
];

export const groupNames: readonly string[] = groups.map(({ name }) => name);

/** One group, by its place. */
export interface GroupTask {
  group: number;
  quick: boolean;
  seed: number;
}

export interface GroupFindings {
  checks: Check[];
  /** Results whose figures were held to each other. */
  observed: number;
  contradictions: number;
}

export function findingsOf({ group, quick, seed }: GroupTask): GroupFindings {
  const findings: GroupFindings = { checks: [], observed: 0, contradictions: 0 };
  const count = (contradictions: readonly unknown[]) => {
    findings.observed++;
    findings.contradictions += contradictions.length;
  };
  findings.checks =
    groups[group]?.run({
      random: new Random(seed * 1_000 + group),
      runs: (full) => (quick ? Math.ceil(full / 10) : full),
      observe: (result) => count(contradictionsOfMetric(result)),
      observeExperiment: (result) => count(contradictionsOf(result)),
    }) ?? [];
  return findings;
}
