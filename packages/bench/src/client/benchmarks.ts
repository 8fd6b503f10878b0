import type { Benchmark, Measurement } from "../benchmark";
import { type Bundled, bundle } from "./bundle";

const HOOK_BYTES = 1_100;
const TOTAL_SHARE = 0.25;

export const clientBenchmarks: Benchmark[] = [
  {
    id: "client-hook-gzip",
    name: `Hook and provider without React and transport, against ${HOOK_BYTES} (gzip bytes)`,
    goal: { atMost: 1 },
    run: hookAgainstLimit,
  },
  {
    id: "client-total-vs-growthbook",
    name: "All that a page loads for experiments, against growthbook-react (gzip bytes)",
    goal: { atMost: TOTAL_SHARE },
    run: pageAgainstGrowthbook,
  },
];

/** What only a miss loads comes with the first miss, as the transport does. */
async function hookAgainstLimit(): Promise<Measurement> {
  const ours = await bundle(
    `export { useExperiment } from "./hooks/useExperiment";
     export { ExperimentContextProvider } from "./context/ExperimentContext";`,
    "packages/features/experiments",
  );
  refuseWithout(ours, "packages/features/experiments/hooks/useExperiment.ts");
  return {
    ours: ours.gzipBytes,
    anchor: HOOK_BYTES,
    ratio: ours.gzipBytes / HOOK_BYTES,
    notes: [wordsOf(ours)],
  };
}

/** A page that uses every hook and the element, and whose provider named its experiments; PostHog's own code, which comes after hydration, is in neither. */
async function pageAgainstGrowthbook(): Promise<Measurement> {
  const [ours, theirs] = await Promise.all([
    bundle(
      `export { ExperimentClient } from "@/modules/experiments/ExperimentClient";
       export { Experiment } from "@calcom/features/experiments/components/Experiment";
       export {
         trackExperimentConversion, useExperiment, useExperimentVariant, useVisitorExperiment,
       } from "@calcom/features/experiments/hooks";`,
      "apps/web",
    ),
    bundle(
      `export { GrowthBook, GrowthBookProvider, useExperiment, useFeatureValue } from "@growthbook/growthbook-react";`,
      "packages/bench",
    ),
  ]);
  refuseWithout(ours, "apps/web/modules/experiments/transport.ts");
  refuseWithout(theirs, "growthbook-react/dist");
  return {
    ours: ours.gzipBytes,
    anchor: theirs.gzipBytes,
    ratio: ours.gzipBytes / theirs.gzipBytes,
    notes: [`ours ${wordsOf(ours)}`, `growthbook-react ${wordsOf(theirs)}`],
  };
}

/** A bundler that has dropped what was to be measured would make it very small. */
function refuseWithout({ modules }: Bundled, part: string): void {
  if (!modules.some((module) => module.includes(part)))
    throw new Error(`The bundle does not hold ${part}: it holds ${modules.join(", ")}.`);
}

const wordsOf = ({ modules, minifiedBytes }: Bundled): string =>
  `${modules.length} modules, ${minifiedBytes} bytes minified`;
