import { isRecord } from "@calcom/lib/json";
import type { Analysis } from "@calcom/statistics";
import type { LastAsk } from "../types/admin";
import type { AnalysisSettings } from "../types/analysis";
import type { ConclusionReason } from "../types/conclusion";
import type { ExperimentConfig } from "../types/config";
import type { Plan, Unit, Variant } from "../types/settings";
import type { TargetingRules } from "../types/targeting-rules";
import type { ReportedMetric } from "./reported-metrics";
import type { ResultsView, StoredResult } from "./types";

/** Who may be assigned, as far as a reader may know it. */
export type ReportAudience =
  | { kind: "named"; rules: TargetingRules; teams: Record<string, string> }
  /** Without names, ids or addresses: how many teams are listed, and which attributes the rules ask for. */
  | {
      kind: "counted";
      plans: Plan[];
      teams: number;
      organizations: number;
      excludeOrganizations: boolean;
      attributes: string[];
    };

/** Who did it; null for the schedule, and for people who are gone. */
export interface ReportPeople {
  owner: string | null;
  startedBy: string | null;
  concludedBy: string | null;
  takenBackBy: string | null;
}

/** All that a report of one experiment says, before it is put into words. */
export interface ReportFacts
  extends Pick<
    ExperimentConfig,
    | "name"
    | "status"
    | "hypothesis"
    | "learning"
    | "control"
    | "trafficPercentage"
    | "conversionWindowDays"
    | "withoutMetric"
    | "plannedBy"
    | "startedAt"
    | "endedAt"
    | "winnerVariant"
    | "takenBack"
  > {
  slug: string;
  description: string;
  unit: Unit;
  variants: Pick<Variant, "name" | "percentage">[];
  audience: ReportAudience;
  metrics: ReportedMetric[];
  analysis: AnalysisSettings;
  conclusionReason: ConclusionReason | null;
  isConverted: boolean;
  /** The brake of the flag that it was is pulled: everybody gets control, whatever the experiment says. */
  isTurnedOff: boolean;
  /** As everybody may read it: a comparison that is withheld stays so. */
  view: Pick<ResultsView, "figures" | "isAllWithheld" | "result" | "receipt">;
  /** Null where readers are not to know. */
  people: ReportPeople | null;
  lastAsk: LastAsk | null;
}

/**
 * What a report shows of a result, by name: segments, and what their tests go on from, hold values of facts, which could
 * be anybody's address.
 */
export function trimResult(result: StoredResult): StoredResult {
  const { analysis, pace, plannedComparisons, population } = result;
  return {
    format: result.format,
    slug: result.slug,
    asOf: result.asOf,
    look: result.look,
    ...(pace && { pace }),
    status: result.status,
    unit: result.unit,
    control: result.control,
    variants: result.variants,
    windowDays: result.windowDays,
    startedAt: result.startedAt,
    endedAt: result.endedAt,
    settings: result.settings,
    plannedSubjects: result.plannedSubjects,
    ...(plannedComparisons !== undefined && { plannedComparisons }),
    exposed: result.exposed,
    ...(population && { population }),
    leftOut: result.leftOut,
    split: [],
    metrics: result.metrics.map((metric) => ({ ...metric, epochs: [] })),
    unknownMetrics: result.unknownMetrics,
    ...(result.unmeasured && { unmeasured: result.unmeasured }),
    analysis: analysis && trimAnalysis(analysis),
    series: { exposures: [], effects: [] },
    novelty: [],
    segments: [],
    chain: { basis: "", state: null },
    tookMs: result.tookMs,
  };
}

function trimAnalysis(analysis: Analysis): Analysis {
  const { verdict, metrics, guardrails, isFinal, endedShort = null } = analysis;
  const { bySegment: _, ...split } = analysis.split;
  return {
    verdict,
    split,
    metrics,
    guardrails,
    endedShort,
    isFinal,
    state: { smallestP: {}, smallestSplitP: 1 },
  };
}

/** The same report for people without an account: without names and addresses of people. */
export function hidePeople(facts: ReportFacts): ReportFacts {
  const nameless = { ...facts, audience: countAudience(facts.audience), people: null, lastAsk: null };
  return hideAddressesIn(nameless) as ReportFacts;
}

/** What people write may name people all the same, names of metrics too: whatever is added later is gone through. */
function hideAddressesIn(part: unknown): unknown {
  if (typeof part === "string") return hideAddresses(part);
  if (Array.isArray(part)) return part.map(hideAddressesIn);
  if (!isRecord(part)) return part;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, hideAddressesIn(value)]));
}

/** An address is found by its form. */
function hideAddresses(text: string): string {
  return text.replace(/[^\s@<>()[\]"',;:]+@[^\s@<>()[\]"',;:]+/g, "…@…");
}

function countAudience(audience: ReportAudience): ReportAudience {
  if (audience.kind === "counted") return audience;
  const {
    plans = [],
    teamIds = [],
    organizationIds = [],
    excludeOrganizations,
    userAttributes,
  } = audience.rules;
  return {
    kind: "counted",
    plans,
    teams: teamIds.length,
    organizations: organizationIds.length,
    excludeOrganizations: excludeOrganizations ?? false,
    attributes: [...new Set(listPaths(userAttributes))],
  };
}

/** The attributes that a condition asks, without what it asks of them. */
function listPaths(condition: unknown): string[] {
  if (Array.isArray(condition)) return condition.flatMap(listPaths);
  if (typeof condition !== "object" || condition === null) return [];
  return Object.entries(condition).flatMap(([key, part]) => (key.startsWith("$") ? listPaths(part) : [key]));
}
