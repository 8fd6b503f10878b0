import type { Refusal, Sentence } from "@calcom/lib/sentence";
import type { MetricPlanning, UnmeasuredMetric } from "../metrics/planned";
import type { LastAsk } from "../types/admin";
import type { ItemCheck } from "../types/checklist";
import type { ExperimentConfig } from "../types/config";
import type { Forecast, FrozenPlan } from "../types/planning";
import { type Foretold, findsEffect, foretell } from "./foretell";
import { isTargetOutOfReach } from "./target-reach";

/** `info`: to be known, and neither good nor bad. */
export type CheckState = "ok" | "info" | "warning" | "blocks";

/** A point to check before a start. The figures fill in the sentence that is shown. */
export type StartCheck = { state: CheckState } /** With the reason for none, where one was given. */ & (
  | { id: "metric"; name: string | null; withoutMetric: string | null }
  | { id: "unknown_metrics"; keys: string[] }
  /** Why the start would refuse it: a metric that cannot be measured, or settings that do not fit. */
  | { id: "refusal"; refusal: Refusal }
  /** It can be asked of the database, and fails of the rows of participants of late: results would go on without it. */
  | { id: "failing_metric"; name: string; fault: Sentence }
  | { id: "split"; variants: number }
  /** With the target that so many cannot reach; absent where they can, or nobody knows. */
  | { id: "audience"; matching: number | null; total: number | null; outOfReach?: number }
  | { id: "traffic"; percentage: number }
  /** Null if no code has asked yet. An experiment may start before its page is deployed. */
  | { id: "code"; lastAsk: LastAsk | null }
  /** The variants that nobody has opened in a preview yet. */
  | { id: "previews"; unseen: string[] }
  /** Those that run for the same participants; with those that the same metric decides. */
  | { id: "overlap"; others: OverlappingExperiment[] }
  /** Visitors are counted as far as they have agreed. */
  | { id: "consent" }
  | { id: "length"; foretold: Foretold }
  | { id: "plan"; plan: FrozenPlan }
  | { id: "stop"; at: string }
);

export interface OverlappingExperiment {
  slug: string;
  name: string;
  hasSameMetric: boolean;
}

export interface StartChecklist {
  checks: StartCheck[];
  /** The team's own, each of which a person checks. The start waits for all of them. */
  items: ItemCheck[];
  /** The metrics that it can be started with. */
  choices: { key: string; name: string }[];
  precedent: Forecast["precedent"];
}

/** What a review is made of. */
export interface ReviewFacts {
  planning: MetricPlanning;
  forecast: Forecast;
  lastAsk: LastAsk | null;
  /** Metrics that fail of what was recorded until now. */
  failing: readonly Pick<UnmeasuredMetric, "name" | "fault">[];
  /** What a start would be refused for, besides a metric that is missing. */
  refusals: readonly Refusal[];
  /** The variants that somebody has opened in a preview. */
  previewed: readonly string[];
  overlapping: OverlappingExperiment[];
}

/** A pure function, so that the dialog and the service that refuses a start agree on what blocks it. */
export function buildChecklist(config: ExperimentConfig, facts: ReviewFacts): StartCheck[] {
  const { planning, forecast, lastAsk, failing, refusals, previewed, overlapping } = facts;
  const primary = planning.metrics.find(({ role }) => role === "primary");
  const { withoutMetric, trafficPercentage: percentage } = config;
  const { stopAt } = config.schedule;
  const unseen = config.variants.map(({ name }) => name).filter((name) => !previewed.includes(name));
  const isShared = overlapping.some(({ hasSameMetric }) => hasSameMetric);
  const foretold = primary && foretell(forecast);
  const checks: (StartCheck | false)[] = [
    ...refusals.map((refusal) => ({ id: "refusal", state: "blocks", refusal }) as const),
    planning.unknown.length > 0 && {
      id: "unknown_metrics",
      state: "blocks",
      keys: planning.unknown.map(({ key }) => key),
    },
    ...failing.map(({ name, fault }) => ({ id: "failing_metric", state: "warning", name, fault }) as const),
    {
      id: "metric",
      state: primary ? "ok" : withoutMetric === null ? "blocks" : "warning",
      name: primary?.metric.name ?? null,
      withoutMetric,
    },
    { id: "split", state: "ok", variants: config.variants.length },
    checkAudience(config, forecast),
    percentage < 100 && { id: "traffic", state: warnIf(percentage === 0, "info"), percentage },
    foretold !== undefined && { id: "length", state: warnIf(!findsEffect(foretold)), foretold },
    { id: "plan", state: "info", plan: forecast.frozen },
    { id: "previews", state: warnIf(unseen.length > 0), unseen },
    { id: "code", state: warnIf(lastAsk === null), lastAsk },
    overlapping.length > 0 && { id: "overlap", state: warnIf(isShared, "info"), others: overlapping },
    config.unit === "visitor" && { id: "consent", state: "info" },
    stopAt !== null && { id: "stop", state: "info", at: stopAt },
  ];
  return checks.filter((check) => check !== false);
}

function checkAudience({ trafficPercentage }: ExperimentConfig, { matching, frozen }: Forecast): StartCheck {
  if (matching === null) return { id: "audience", state: "ok", matching: null, total: null };
  const isShort = isTargetOutOfReach(trafficPercentage, { matching, frozen });
  return {
    id: "audience",
    state: warnIf(matching.matching === 0 || isShort),
    ...matching,
    ...(isShort && { outOfReach: frozen.subjects }),
  };
}

function warnIf(isDoubtful: boolean, otherwise: CheckState = "ok"): CheckState {
  return isDoubtful ? "warning" : otherwise;
}
