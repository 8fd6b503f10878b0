import { execute, type Pool, queryRows } from "../../sql/runner";
import type { Health, Problem } from "../../types/health";

/** Keeps what the list says of experiments. */
export class HealthRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Tells whether any build has ever asked for the experiment, or none that could have is known. */
  async isAsked(slug: string): Promise<boolean> {
    const [found] = await queryRows<{ isAsked: boolean }>(
      this.#pool,
      `SELECT EXISTS (SELECT FROM "ExperimentAsk" WHERE "experimentSlug" = $1)
         OR NOT EXISTS (SELECT FROM "ExperimentAsk") AS "isAsked"`,
      [slug],
    );
    return found?.isAsked ?? false;
  }

  /** Never replaces a later one, and stores none of what is gone. */
  async store(slug: string, health: Health): Promise<void> {
    const { asOf, verdict, daysToGo, unitsToGo, problems, lastExposedOn, harmed, broken } = health;
    await execute(
      this.#pool,
      `INSERT INTO "ExperimentHealth" AS stored
         ("experimentSlug", "asOf", "verdict", "daysToGo", "unitsToGo", "problems", "lastExposedOn", "harmed", "broken")
       SELECT "slug", $2, $3, $4, $5, $6, $7, $8, $9 FROM "Feature" WHERE "slug" = $1
       ON CONFLICT ("experimentSlug") DO UPDATE SET "asOf" = EXCLUDED."asOf", "verdict" = EXCLUDED."verdict",
         "daysToGo" = EXCLUDED."daysToGo", "unitsToGo" = EXCLUDED."unitsToGo", "problems" = EXCLUDED."problems",
         "lastExposedOn" = EXCLUDED."lastExposedOn", "harmed" = EXCLUDED."harmed", "broken" = EXCLUDED."broken"
       WHERE stored."asOf" <= EXCLUDED."asOf"`,
      [slug, asOf, verdict, daysToGo, unitsToGo, problems, lastExposedOn, harmed, broken],
    );
  }

  /** Of experiments that are under way, the metrics that their last results had to go without. */
  listBroken(): Promise<{ slug: string; broken: string[] }[]> {
    return queryRows(
      this.#pool,
      `SELECT "experimentSlug" AS slug, "broken" FROM "ExperimentHealth"
       WHERE 'metric_broken' = ANY ("problems") AND "broken" <> '{}' ORDER BY "experimentSlug"`,
    );
  }

  /** Adds a problem that keeps results from being computed. The next result takes it away. */
  async add(slug: string, problem: Problem): Promise<void> {
    await execute(
      this.#pool,
      `INSERT INTO "ExperimentHealth" AS stored ("experimentSlug", "asOf", "problems")
       SELECT "slug", clock_timestamp(), ARRAY[$2::text] FROM "Feature" WHERE "slug" = $1
       ON CONFLICT ("experimentSlug") DO UPDATE SET "problems" = $2::text || stored."problems"
       WHERE $2 <> ALL (stored."problems")`,
      [slug, problem],
    );
  }
}
