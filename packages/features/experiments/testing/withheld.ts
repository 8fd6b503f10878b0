import { sampled } from "@calcom/lib/env-of-tests";
import { DAY_MS } from "@calcom/lib/time";
import type { ExperimentDetail } from "../types/admin";
import type { ExperimentInput } from "../types/input";
import { aRunningExperiment, type Fixture } from "./database-fixtures";
import type { Secret } from "./leaks";

export const WITHHELD_STATES = ["running", "paused", "off"] as const;
export const WITHHELD_REASONS = [
  "fixed before its end",
  "too early",
  "too early of three",
  "never computed",
  "without a primary metric",
  "with a harm",
] as const;

/** What is asked of every route and command; in all states of both only by a whole run. */
export const WITHHELD_CASES = sampled(
  WITHHELD_STATES.flatMap((state) =>
    (["fixed before its end", "too early"] as const).map((reason) => [reason, state] as const),
  ),
  (_, index) => index % 4 === 0 || index % 4 === 3,
);

export interface WithheldExperiment extends Pick<ExperimentDetail, "slug" | "version"> {
  secrets: Secret[];
}

const SUBJECTS = 4_000;
const CONVERTED: Record<string, number> = { control: 1_379, urgent: 2_911, calm: 2_017 };

/** An experiment whose variants have distinctive numbers of conversions, in a state that withholds them. */
export async function aWithheldExperiment(
  fixture: Fixture,
  reason: (typeof WITHHELD_REASONS)[number],
  state: (typeof WITHHELD_STATES)[number],
): Promise<WithheldExperiment> {
  const detail = await aRunningExperiment(fixture, { ...BASE, ...settingsOf(reason) });
  const { slug } = detail;
  const secrets = detail.variants.map(({ name }) => ({
    variant: name,
    subjects: SUBJECTS,
    converted: CONVERTED[name] ?? 0,
  }));
  const isLong = reason === "fixed before its end" || reason === "with a harm";
  for (const secret of secrets) await write(fixture, slug, secret, isLong ? 20 : 4);
  await fixture.database.pool.query(`ANALYZE "ExperimentVariant", "ExperimentConversion"`);
  const days = isLong ? 21 : 5;
  await fixture.database.pool.query(
    `UPDATE "Feature" SET "metadata" = jsonb_set("metadata", '{startedAt}', to_jsonb($2::text)) WHERE "slug" = $1`,
    [slug, new Date(Date.now() - days * DAY_MS).toISOString()],
  );
  let { version } = await fixture.module.admin.catalog.get(fixture.admin, slug);
  if (state !== "running")
    ({ version } = await fixture.module.admin.lifecycle.updateStatus(fixture.admin, {
      slug,
      version,
      action: state === "paused" ? "pause" : "turn_off",
    }));
  if (reason !== "never computed") await fixture.module.recounts.recount(slug, { isPatient: true });
  return { slug, version, secrets };
}

const BASE: Partial<ExperimentInput> = {
  unit: "visitor",
  conversionWindowDays: 1,
  clientEvents: ["clicked", "paid"],
  analysis: { mode: "sequential", plannedSubjects: 20_000, minimumRuntimeDays: 14 },
};

function settingsOf(reason: (typeof WITHHELD_REASONS)[number]): Partial<ExperimentInput> {
  const fixed = { mode: "fixed" as const, plannedSubjects: 20_000, minimumRuntimeDays: 7 };
  switch (reason) {
    case "fixed before its end":
      return { analysis: fixed };
    // A guardrail is read before the end too, and says stop.
    case "with a harm":
      return {
        analysis: fixed,
        variants: [
          { name: "urgent", percentage: 50 },
          { name: "control", percentage: 50 },
        ],
        control: "urgent",
        metrics: { primary: "event:paid", secondary: [], guardrails: ["event:clicked"] },
      };
    case "too early of three":
      return {
        variants: [
          { name: "control", percentage: 34 },
          { name: "urgent", percentage: 33 },
          { name: "calm", percentage: 33 },
        ],
      };
    case "without a primary metric":
      return { metrics: { primary: null, secondary: ["event:clicked"], guardrails: [] } };
    case "too early":
    case "never computed":
      return {};
  }
}

/** Exposed over as many days as there are, and so many days ago at most; everybody who converts does so twice, in two events. */
async function write(
  { database: { pool } }: Fixture,
  slug: string,
  { variant, subjects, converted }: Secret,
  days: number,
): Promise<void> {
  await pool.query(
    `WITH made AS (
       INSERT INTO "ExperimentVariant" ("experimentSlug", "variant", "visitorId", "assignmentType", "epoch", "assignedAt", "exposedAt")
       SELECT $1, $2, gen_random_uuid(), 'DETERMINISTIC', 1, at, at
       FROM generate_series(0, $3::int - 1) AS one,
         LATERAL (SELECT $5::timestamptz - (one % ($4::int - 2)) * interval '1 day' AS at) AS exposure
       RETURNING "id", "exposedAt"
     ), converting AS (SELECT * FROM made LIMIT $6)
     INSERT INTO "ExperimentConversion" ("assignmentId", "conversionEvent", "idempotencyKey", "occurredAt")
     SELECT "id", event, 'first', "exposedAt" + interval '1 hour' FROM converting, unnest(ARRAY['clicked', 'paid']) AS event`,
    [slug, variant, subjects, days, new Date(Date.now() - 2 * DAY_MS), converted],
  );
}
