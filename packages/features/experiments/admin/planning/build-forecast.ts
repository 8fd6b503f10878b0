import { countedAfter, effectFor, type PlanDesign, plan } from "@calcom/statistics";
import type { Arrivals } from "@calcom/statistics/arrivals";
import { minimumUnits } from "@calcom/statistics/minimum";
import { chooseMinimumUnits } from "../../metrics/minimum-units";
import type { PlannedMetric } from "../../metrics/planned";
import type { AudienceCount } from "../../types/audience";
import { metricKinds } from "../../types/metric-kind";
import type { Forecast, FrozenPlan, PlanQuestion, Precedent } from "../../types/planning";
import { freezePlan, WEEKS_AHEAD } from "../../utils/frozen-plan";
import { assumedArrivals, assumedBaseline, assumedEffect } from "./assumed";
import type { Baseline } from "./baseline";

/** What a forecast is made of. */
export interface ForecastFacts {
  primary: PlannedMetric | null;
  /** How many the targeting rules match; null for visitors, whose number nobody knows. */
  audience: AudienceCount | null;
  precedent: Precedent | null;
  /** New subjects up to the end of each day, as this experiment would have had them; null without a precedent. */
  cumulative: number[] | null;
  baseline: Baseline | null;
}

export function buildForecast(question: PlanQuestion, facts: ForecastFacts): Forecast {
  const { primary, audience, precedent, cumulative } = facts;
  const { assumptions } = question;
  const arrivals = cumulative ? { cumulative } : assumedArrivals(assumptions);
  const baseline = facts.baseline ?? (primary && assumedBaseline(primary.metric.kind, assumptions));
  const minimumEffect = primary && (primary.metric.minimumEffect ?? assumedEffect(assumptions));
  const design = primary && baseline && toDesign(question, primary, baseline);
  const frozen = freezePlan({ ...readBasis(question), minimumEffect, arrivals, input: design });
  const base = {
    precedent,
    matching: audience && {
      matching: Math.round(shareMatching(audience) * audience.total),
      total: audience.total,
    },
    metric: primary && {
      key: primary.metric.key,
      name: primary.metric.name,
      kind: primary.metric.kind,
    },
    perWeek: arrivals && countPerWeek(arrivals),
    baseline: baseline && { value: baseline.value, subjects: baseline.subjects },
    minimumEffect,
    windowDays: question.conversionWindowDays,
    frozen,
    assumable: {
      perWeek: cumulative === null,
      baseline: primary !== null && facts.baseline === null,
      effect: primary !== null && primary.metric.minimumEffect === null,
    },
  };
  if (arrivals === null || design === null) {
    const missing = primary === null ? "metric" : arrivals === null ? "arrivals" : "baseline";
    return { ...base, reach: [], plan: null, missing };
  }
  const input = { ...design, arrivals };
  return {
    ...base,
    reach: WEEKS_AHEAD.map((weeks) => {
      const subjects = Math.floor(countedAfter(weeks, input));
      return {
        weeks,
        subjects,
        effect: effectFor(input, subjects, frozen.subjects),
        ifPlanned: effectFor(input, subjects),
      };
    }),
    plan: minimumEffect === null ? null : plan({ ...input, minimumEffect }),
    missing: null,
  };
}

/** The plan of a start for which there is no forecast. */
export function planByDefault(question: PlanQuestion): FrozenPlan {
  return freezePlan({ ...readBasis(question), arrivals: null, input: null, minimumEffect: null });
}

/** 1 for visitors: the size of their audience is unknown. */
export function shareMatching(audience: AudienceCount | null): number {
  if (audience === null) return 1;
  return audience.examined === 0 ? 0 : audience.matching / audience.examined;
}

function readBasis({ unit, analysis, conversionWindowDays }: PlanQuestion) {
  const { plannedSubjects, minimumRuntimeDays } = analysis;
  return { unit, typed: plannedSubjects, minimumDays: minimumRuntimeDays, windowDays: conversionWindowDays };
}

/** By the last seven days, or by as many as there are. */
function countPerWeek(arrivals: Arrivals): number {
  if ("perDay" in arrivals) return 7 * arrivals.perDay;
  const { cumulative } = arrivals;
  const days = Math.min(7, cumulative.length);
  return (7 / days) * ((cumulative.at(-1) ?? 0) - (cumulative.at(-1 - days) ?? 0));
}

function toDesign(question: PlanQuestion, { metric }: PlannedMetric, baseline: Baseline): PlanDesign {
  return {
    metric: baseline.input,
    direction: metric.direction,
    minimumEffect: metric.minimumEffect ?? 0.05,
    mode: question.analysis.mode,
    control: question.control,
    weights: Object.fromEntries(question.variants.map(({ name, percentage }) => [name, percentage])),
    primaryMetrics: 1,
    windowDays: question.conversionWindowDays,
    minimumDays: question.analysis.minimumRuntimeDays,
    minimumUnits: minimumUnits(chooseMinimumUnits(question), metricKinds[metric.kind].analysedAs),
    varianceReduction: baseline.varianceReduction,
  };
}
