import { testDatabase } from "@calcom/embedded-postgres/testing";
import type { Unit } from "@calcom/features/experiments";
import {
  anInput,
  aRunningExperiment,
  createFixture,
  type Fixture,
} from "@calcom/features/experiments/testing/database";
import { DAY_MS } from "@calcom/lib/time";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { registryOf } from "../../simulate/metrics";
import { runExperiments } from "../testing/run-experiments";

const { connectionString } = await testDatabase();
const sql = (slug: string) => runExperiments(["sql", slug], connectionString);

let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture(connectionString, { metrics: await registryOf() });
});
afterAll(() => fixture.close());

const SETTINGS = {
  conversionWindowDays: 5,
  metrics: {
    primary: "event:clicked",
    secondary: ["upgrade", "monthly-revenue"],
    guardrails: ["bookings-per-event-type"],
  },
};

interface Counted {
  imported: number;
  population: { variant: string; n: number }[];
  moments: {
    metric: string;
    variant: string;
    n: number;
    conversions: number;
    yMean: number;
    xMean: number;
  }[];
}

/** As psql sends it: the whole text at once, without parameters. */
async function runAsPrinted(script: string): Promise<Counted> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const answers = (await client.query(script)) as unknown as pg.QueryResult<Counted>[];
    const counted = answers.flatMap(({ rows }) => rows);
    expect(counted).toHaveLength(1);
    return counted[0] as Counted;
  } finally {
    await client.end();
  }
}

/** Forty subjects of two variants who were exposed long ago; of them some clicked, paid, offered something and were booked. */
async function aHistory(unit: Unit): Promise<string> {
  const { slug } = await aRunningExperiment(fixture, { ...SETTINGS, unit });
  const { pool } = fixture.database;
  const exposedAt = new Date(Date.now() - 20 * DAY_MS);
  const during = new Date(exposedAt.getTime() + DAY_MS);
  for (let index = 0; index < 40; index++) {
    const { rows } = await pool.query<{ userId: number; teamId: number; visitorId: string }>(
      `WITH u AS (INSERT INTO "User" ("email", "name", "passwordHash") VALUES (gen_random_uuid() || '@test.example', 'Uma', '-') RETURNING "id"),
         t AS (INSERT INTO "Team" ("name", "slug") VALUES ('A team', gen_random_uuid()) RETURNING "id")
       SELECT u."id" AS "userId", t."id" AS "teamId", gen_random_uuid() AS "visitorId" FROM u, t`,
    );
    const ids = rows[0] ?? { userId: 0, teamId: 0, visitorId: "" };
    const variant = index % 2 === 0 ? "control" : "urgent";
    const assigned = await pool.query<{ id: string }>(
      `INSERT INTO "ExperimentVariant" ("experimentSlug", "variant", "userId", "teamId", "visitorId", "assignmentType", "epoch", "assignedAt", "exposedAt")
       VALUES ($1, $2, $3, $4, $5, 'DETERMINISTIC', 1, $6, $6) RETURNING "id"`,
      [
        slug,
        variant,
        unit === "user" ? ids.userId : null,
        unit === "team" ? ids.teamId : null,
        unit === "visitor" ? ids.visitorId : null,
        exposedAt,
      ],
    );
    if (unit === "visitor" && index % 5 !== 0)
      await pool.query(`INSERT INTO "VisitorLink" ("visitorId", "userId", "linkedAt") VALUES ($1, $2, $3)`, [
        ids.visitorId,
        ids.userId,
        exposedAt,
      ]);
    if (index % 3 === 0)
      await pool.query(
        `INSERT INTO "ExperimentConversion" ("assignmentId", "conversionEvent", "idempotencyKey", "occurredAt") VALUES ($1, 'clicked', '1', $2)`,
        [assigned.rows[0]?.id, during],
      );
    if (index % 4 === 1)
      await pool.query(
        `INSERT INTO "Subscription" ("teamId", "purchasedById", "seats", "pricePerSeat", "startedAt") VALUES ($1, $2, $3, 12, $4)`,
        [ids.teamId, ids.userId, 1 + index, during],
      );
    const owner = unit === "team" ? { teamId: ids.teamId } : { userId: ids.userId };
    await fixture.database.prisma.eventType.create({
      data: {
        title: "Call",
        slug: `call-${slug}-${index}`,
        durationMinutes: 15,
        createdAt: during,
        ...owner,
      },
    });
  }
  return slug;
}

describe("npm run experiments -- sql", { timeout: 180_000 }, () => {
  test.each(["user", "team", "visitor"] as const)(
    "prints what runs as printed and answers what the recount stored (unit %s)",
    async (unit) => {
      const slug = await aHistory(unit);
      const { code, stdout, stderr } = await sql(slug);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toContain(`--   $1::text = '${slug}'`);
      expect(stdout).toContain("--   $2::int = 120");

      const printed = await runAsPrinted(stdout);
      const result = await fixture.module.recounts.recount(slug, { isPatient: true });
      expect(result?.metrics.map(({ key }) => key)).toEqual([
        SETTINGS.metrics.primary,
        ...SETTINGS.metrics.secondary,
        ...SETTINGS.metrics.guardrails,
      ]);
      for (const { key, epochs } of result?.metrics ?? [])
        for (const [variant, arm] of Object.entries(epochs[0]?.arms ?? {})) {
          const n = sum(printed.population.filter((row) => row.variant === variant).map((row) => row.n));
          expect(n).toBe(arm.n);
          const moments = printed.moments.filter((row) => row.metric === key && row.variant === variant);
          const meanOf = (part: "yMean" | "xMean") => sum(moments.map((row) => row.n * row[part])) / n;
          if (arm.kind === "rate") {
            expect(sum(moments.map(({ conversions }) => conversions)), key).toBe(arm.conversions);
            if (variant === "urgent") expect(arm.conversions).toBeGreaterThan(0);
          } else if (arm.kind === "mean") {
            expect(meanOf("yMean")).toBeCloseTo(arm.value.mean, 9);
            if (variant === "urgent") expect(arm.value.mean).toBeGreaterThan(0);
          } else {
            expect(meanOf("yMean")).toBeCloseTo(arm.numerator.mean, 9);
            expect(meanOf("xMean")).toBeCloseTo(arm.denominator.mean, 9);
            expect(arm.denominator.mean).toBeGreaterThan(0);
          }
        }
    },
  );

  test("prints that of a draft, which counts nobody", async () => {
    const { slug } = await fixture.module.admin.editing.create(fixture.admin, anInput());
    const { code, stdout } = await sql(slug);
    expect(code).toBe(0);
    expect(await runAsPrinted(stdout)).toMatchObject({ imported: 0, population: [], moments: [] });
  });

  test("counts one that is concluded up to its end", async () => {
    const { slug, version } = await aRunningExperiment(fixture);
    await fixture.module.admin.lifecycle.conclude(fixture.admin, {
      slug,
      version,
      winnerVariant: null,
    });
    const { rows } = await fixture.database.pool.query<{ endedAt: string }>(
      `SELECT "metadata" ->> 'endedAt' AS "endedAt" FROM "Feature" WHERE "slug" = $1`,
      [slug],
    );
    const { stdout } = await sql(slug);
    expect(stdout).toContain(`--   $3::timestamptz = '${rows[0]?.endedAt}'`);
    expect(stdout).toContain("--   $4::date = NULL");
    expect(await runAsPrinted(stdout)).toMatchObject({ imported: 0, population: [] });
  });

  test("names metrics that no code defines, and leaves them out as a recount does", async () => {
    const { slug } = await fixture.module.admin.editing.create(fixture.admin, anInput(SETTINGS));
    await fixture.database.pool.query(
      `UPDATE "Feature" SET "metadata" = jsonb_set("metadata", '{metrics,secondary}', '["gone"]') WHERE "slug" = $1`,
      [slug],
    );
    const { code, stdout } = await sql(slug);
    expect(code).toBe(0);
    expect(stdout).toContain("-- Left out: gone: no code defines it\n");
    expect(await runAsPrinted(stdout)).toMatchObject({ moments: [] });
  });

  test("says in one sentence that there is no such experiment, also of a flag, or that it cannot be read", async () => {
    const { pool } = fixture.database;
    await pool.query(`INSERT INTO "Feature" ("slug") VALUES ('a-flag')`);
    await pool.query(
      `INSERT INTO "Feature" ("slug", "type", "metadata") VALUES ('broken', 'EXPERIMENT', '[]')`,
    );
    for (const slug of ["nowhere", "a-flag"])
      expect(await sql(slug)).toEqual({
        code: 1,
        stdout: "",
        stderr: `There is no experiment ${slug}, or it was deleted. Choose one from the list.\n`,
      });
    const broken = await sql("broken");
    expect(broken).toMatchObject({ code: 1, stdout: "" });
    expect(broken.stderr).toMatch(/^broken cannot be read\. .+\.\n$/);
  });
});

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
