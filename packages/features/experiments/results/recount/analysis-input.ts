import type { AnalysisInput, MetricPlan } from "@calcom/statistics";
import { listUnmeasured, type PlannedMetric } from "../../metrics/planned";
import { metricKinds } from "../../types/metric-kind";
import { type Computation, readDecided } from "../computation";
import { buildDesign } from "../design";
import { buildEpochs, countUnitsByEpoch } from "../grid";
import type { Pace } from "../pace";
import type { Weights } from "../recount-rows";
import { countSegmentUnits } from "../segment-units";
import type { Look } from "./looks";

export function buildAnalysisInput(
  computation: Computation,
  weights: Weights,
  { cut, exposedCut }: Look,
  pace: Pace,
): AnalysisInput {
  const { planning, recount } = computation;
  return {
    ...buildDesign(readDecided(computation), { isOver: cut === null, pace }),
    metrics: planning.metrics.map((planned) => ({
      metric: toMetricPlan(planned),
      epochs: buildEpochs(recount, planned.metric, weights, cut),
    })),
    split: countUnitsByEpoch(recount, weights, exposedCut),
    segments: countSegmentUnits(recount, weights, exposedCut),
    unmeasured: listUnmeasured(planning).map(({ key, role }) => ({ id: key, role })),
  };
}

function toMetricPlan({ metric, role, isChosenAfterStart }: PlannedMetric): MetricPlan {
  const { key, kind, direction, minimumEffect } = metric;
  return {
    id: key,
    kind: metricKinds[kind].analysedAs,
    direction,
    role,
    minimumEffect,
    ...(isChosenAfterStart && { isChosenAfterStart }),
  };
}
