import { DEFAULT_WINDOW_DAYS, type ExperimentDetail } from "@calcom/features/experiments/types";

export interface PostHogLinks {
  /** From the first exposure to a conversion, by variant. */
  funnel: string;
  /** Subjects and conversions per variant, in the SQL editor. */
  sql: string;
}

/** Where PostHog shows what it got of the experiment; null where nothing is sent, or no project is named. */
export function posthogLinks(
  { slug, unit, config }: Pick<ExperimentDetail, "slug" | "unit" | "config">,
  {
    POSTHOG_KEY,
    POSTHOG_PROJECT_URL,
  }: { POSTHOG_KEY?: string | undefined; POSTHOG_PROJECT_URL?: string | undefined },
): PostHogLinks | null {
  if (POSTHOG_KEY === undefined || POSTHOG_PROJECT_URL === undefined) return null;
  const project = POSTHOG_PROJECT_URL.replace(/\/+$/, "");
  const days = config?.conversionWindowDays ?? DEFAULT_WINDOW_DAYS;
  const step = (event: string) => ({
    kind: "EventsNode",
    event,
    name: event,
    properties: [{ key: "experiment_slug", value: [slug], operator: "exact", type: "event" }],
  });
  const funnel = {
    kind: "InsightVizNode",
    source: {
      kind: "FunnelsQuery",
      series: [step("experiment_viewed"), step("experiment_conversion")],
      breakdownFilter: { breakdown: "variant", breakdown_type: "event" },
      funnelsFilter: { funnelWindowInterval: days, funnelWindowIntervalUnit: "day" },
      // Groups are counted where whole teams were assigned.
      ...(unit === "team" && { aggregation_group_type_index: 0 }),
    },
  };
  return {
    funnel: `${project}/insights/new#q=${encodeURIComponent(JSON.stringify(funnel))}`,
    sql: `${project}/sql?open_query=${encodeURIComponent(conversionsByVariant(slug, unit, days))}`,
  };
}

/** Each subject once, by its first exposure; the same window as here. */
function conversionsByVariant(slug: string, unit: ExperimentDetail["unit"], days: number): string {
  const subject = unit === "team" ? "`$group_0`" : "person_id";
  return `WITH exposures AS (
  SELECT ${subject} AS subject, any(properties.variant) AS variant, uniq(properties.variant) AS seen,
    min(timestamp) AS first_seen
  FROM events
  WHERE event = 'experiment_viewed' AND properties.experiment_slug = '${slug}'
    AND properties.assignment_type != 'imported'
  GROUP BY subject
), conversions AS (
  SELECT ${subject} AS subject, timestamp AS converted_at
  FROM events
  WHERE event = 'experiment_conversion' AND properties.experiment_slug = '${slug}'
), subjects AS (
  SELECT e.subject AS subject, any(e.variant) AS variant,
    countIf(c.converted_at >= e.first_seen AND c.converted_at < e.first_seen + toIntervalDay(${days})) AS conversions
  FROM exposures AS e LEFT JOIN conversions AS c ON e.subject = c.subject
  WHERE e.seen = 1
  GROUP BY e.subject
)
SELECT variant, count() AS subjects, countIf(conversions > 0) AS converted, converted / subjects AS rate
FROM subjects
GROUP BY variant
ORDER BY variant`;
}
