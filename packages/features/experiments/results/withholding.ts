import type { Analysis, WithheldReason } from "@calcom/statistics";
import { listSources, type Metric } from "../metrics/define-metric";
import type { MetricPlanning } from "../metrics/planned";
import type { Status } from "../types/settings";
import type { StoredResult } from "./types";

/** What must not be told by variant yet. */
export interface Withholding {
  /** Nothing by which variants could be compared, of any metric or event. */
  isAll: boolean;
  /** The keys of metrics whose comparison has to wait; with `isAll`, of every metric. */
  metrics: ReadonlySet<string>;
}

/** What is known of an experiment when somebody asks for its figures. */
export interface Asked {
  status: Status;
  endedAt: string | null;
  /** The newest result; null where nothing was computed. */
  result: StoredResult | null;
}

/**
 * Reasons that may last for ever, and for which nothing else is withheld. Every other one waits until it has passed: until
 * then a difference would be mere chance, or nobody knows what it would be.
 */
const LASTING: ReadonlySet<WithheldReason["code"]> = new Set([
  "no_common_epoch",
  "too_few_failures",
  "zero_denominator",
  "denominator_near_zero",
  "no_variation",
  "no_variation_within",
  "no_variation_left",
  "no_primary_metric",
  "chosen_after_start",
]);

/**
 * Says what is withheld, or null if everything may be read. Every door that gives figures by variant asks here, so that
 * none gives what another withholds: a page that hides differences while counts tell them hides nothing.
 *
 * An experiment that is over withholds nothing: there is no later time. Nor does a test with a fixed end once it was made,
 * for it is made once. Before that, nothing is told until it was computed that a comparison may be read.
 */
export function findWithholding({ status, endedAt, result }: Asked): Withholding | null {
  if (isOver({ status, endedAt })) return null;
  const analysis = result?.analysis ?? null;
  // Without a metric there is a split and nothing else: what is counted could be chosen as one afterwards.
  if (result === null || analysis === null || analysis.metrics.length === 0)
    return { isAll: true, metrics: new Set(result?.metrics.map(({ key }) => key)) };
  if (analysis.isFinal) return null;
  const waiting = new Set(analysis.metrics.filter(isWaiting).map(({ metric }) => metric.id));
  const { code } = analysis.verdict;
  const isAll =
    // Whoever saw the figures of the others could choose one in its place.
    (result.unmeasured ?? []).some(({ role }) => role === "primary") ||
    code === "too_early" ||
    isBeforePlannedEnd(analysis) ||
    analysis.metrics.some(({ metric }) => metric.role === "primary" && waiting.has(metric.id));
  if (isAll) return { isAll, metrics: new Set(analysis.metrics.map(({ metric }) => metric.id)) };
  return waiting.size === 0 ? null : { isAll, metrics: waiting };
}

/** Archived from a draft, an experiment never ended, and is over all the same. */
export function isOver({ status, endedAt }: Pick<Asked, "status" | "endedAt">): boolean {
  return endedAt !== null || status === "concluded" || status === "archived";
}

/** Nothing is compared, and something will be. */
function isWaiting({ comparisons }: Analysis["metrics"][number]): boolean {
  return (
    comparisons.every(({ status }) => status === "withheld") &&
    comparisons.some((one) => one.status === "withheld" && isUntilLater(one.reason))
  );
}

/** Before its planned end, whatever else the verdict has to say. */
function isBeforePlannedEnd({ metrics }: Analysis): boolean {
  return metrics.some(({ comparisons }) =>
    comparisons.some((one) => one.status === "withheld" && one.reason.code === "before_planned_end"),
  );
}

export function isUntilLater({ code }: WithheldReason): boolean {
  return !LASTING.has(code);
}

/**
 * Which of these events must not be counted by variant. While the primary metric waits, or where nothing was computed,
 * none may: what is counted can be compared by eye, and chosen as a metric afterwards. After that, an event waits for
 * every metric that counts it, and without a primary metric also if no metric does.
 */
export function listWithheldEvents(
  events: readonly string[],
  asked: Asked,
  { metrics }: Pick<MetricPlanning, "metrics">,
): ReadonlySet<string> {
  if (isOver(asked)) return new Set();
  const withholding = findWithholding(asked);
  const known = new Set(asked.result?.analysis?.metrics.map(({ metric }) => metric.id));
  // A metric that the newest result does not know has not been compared.
  const waits = (key: string) => !known.has(key) || withholding?.metrics.has(key) === true;
  const primary = metrics.find(({ role }) => role === "primary");
  if (withholding?.isAll || (primary !== undefined && waits(primary.metric.key))) return new Set(events);
  return new Set(
    events.filter((event) => {
      const counting = metrics.filter(({ metric }) => listEvents(metric).includes(event));
      return counting.length === 0 ? primary === undefined : counting.some(({ metric }) => waits(metric.key));
    }),
  );
}

function listEvents(metric: Metric): string[] {
  return listSources(metric).flatMap((source) => ("events" in source ? source.events : []));
}
