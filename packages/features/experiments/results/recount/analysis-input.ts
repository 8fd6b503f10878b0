import type { AnalysisInput, MetricPlan } from "@calcom/statistics";
import type { PlannedMetric } from "../../metrics/planned";
import { type Computation, decidedOf } from "../computation";
import { designAt } from "../design";
import { epochsOf, unitsOf } from "../grid";
import type { Pace } from "../pace";
import type { Weights } from "../recount-rows";
import { segmentUnitsOf } from "../segment-units";
import type { Look } from "./looks";

export function inputAt(
  computation: Computation,
  weights: Weights,
  { cut, exposedCut }: Look,
  pace: Pace,
): AnalysisInput {
  const { planning, recount } = computation;
  return {
    ...designAt(decidedOf(computation), { isOver: cut === null, pace }),
    metrics: planning.metrics.map((planned) => ({
      metric: planOf(planned),
      epochs: epochsOf(recount, planned.metric, weights, cut),
    })),
    split: unitsOf(recount, weights, exposedCut),
    segments: segmentUnitsOf(recount, weights, exposedCut),
  };
}

function planOf({ metric, role, isChosenAfterStart }: PlannedMetric): MetricPlan {
  const { key, kind, direction, minimumEffect } = metric;
  return {
    id: key,
    kind: kind === "conversion" ? "rate" : kind,
    direction,
    role,
    minimumEffect,
    ...(isChosenAfterStart && { isChosenAfterStart }),
  };
}
