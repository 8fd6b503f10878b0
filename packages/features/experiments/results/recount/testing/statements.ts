import { defineEventMetric, defineMetric, type Metric } from "../../../metrics/define-metric";
import { unitSchema } from "../../../types/settings";
import { layOutSql } from "../readable-sql";
import { describeParameters } from "../recount-script";
import { buildRecountSql } from "../recount-sql";

const BOOKINGS = `SELECT type."userId" AS subject, booking."createdAt" AS at, booking."price" AS value
  FROM "Booking" AS booking JOIN "EventType" AS type ON type."id" = booking."eventTypeId"`;
const EVENT_TYPES = `SELECT "userId" AS subject, "createdAt" AS at, 1 AS value FROM "EventType"`;
/** Of the tables that the application has besides. */
const fromTable = (user: string) => ({ query: { user, team: user.replaceAll("userId", "teamId") } });

/** One of each kind, and of what changes its text: where it is read from, a covariate, a cap. */
const METRICS: Record<string, Metric> = {
  conversion: defineEventMetric("clicked"),
  "conversion-with-covariate": defineMetric({
    key: "booked",
    name: "Booked",
    kind: "conversion",
    source: fromTable(BOOKINGS),
    covariate: { days: 14 },
  }),
  mean: defineMetric({
    key: "revenue",
    name: "Revenue",
    kind: "mean",
    source: { events: ["bought"], take: "value" },
  }),
  "mean-with-cap": defineMetric({
    key: "revenue",
    name: "Revenue",
    kind: "mean",
    source: { events: ["bought"], take: "value" },
    bounds: { min: 0, max: 10_000 },
    winsorize: { value: 500 },
  }),
  "mean-with-covariate-and-cap": defineMetric({
    key: "booking-value",
    name: "Value of bookings",
    kind: "mean",
    source: fromTable(BOOKINGS),
    covariate: { days: 14 },
    winsorize: { percentile: 0.99 },
  }),
  ratio: defineMetric({
    key: "value-per-purchase",
    name: "Value per purchase",
    kind: "ratio",
    numerator: { events: ["bought"], take: "value" },
    denominator: { events: ["bought"] },
  }),
  "ratio-of-tables": defineMetric({
    key: "bookings-per-event-type",
    name: "Bookings per event type",
    kind: "ratio",
    numerator: fromTable(BOOKINGS),
    denominator: fromTable(EVENT_TYPES),
  }),
};

export const WRITE_ANEW =
  "npx vitest run --project unit packages/features/experiments/results/recount/statements.test.ts -u";

export interface CommittedStatement {
  file: string;
  /** As the application runs it. */
  statement: string;
  /** The same for a reader: what is committed. */
  text: string;
}

/** The statements that are committed in `statements/`. */
export const STATEMENTS: CommittedStatement[] = unitSchema.options.flatMap((unit) =>
  Object.entries(METRICS).map(([name, metric]) => {
    const statement = buildRecountSql({ unit, metrics: [metric], segmented: metric.key });
    return {
      file: `${unit}-${name}.sql`,
      statement,
      text: `-- What a recount runs for experiments by ${unit}, with one metric: ${name.replaceAll("-", " ")}.
-- Generated from results/recount/*-sql.ts. Do not edit it; write it anew by
--   ${WRITE_ANEW}
-- \`npm run experiments -- sql <slug>\` prints that of one experiment, ready to be run.
-- Parameters:
${describeParameters()}

${layOutSql(statement)};
`,
    };
  }),
);
