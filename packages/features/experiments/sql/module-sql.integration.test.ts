import { randomUUID } from "node:crypto";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { ScriptError } from "@calcom/lib/script-error";
import { createDatabase } from "@calcom/prisma";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runDoctor } from "../doctor";
import {
  createExperimentsHandler,
  createExperimentsModule,
  createTrackConversion,
  identify,
} from "../module";
import { anIdentity, anInput } from "../testing/database-fixtures";
import { installInForeignHost, withinSchema } from "../testing/foreign-host";
import { findFaultyViews } from "./host-views";
import { listModuleMigrations } from "./module-sql";
import { type Described, describeSchema, MODULE_TABLES } from "./testing/describe-schema";

const foreign = await testDatabase({ isEmpty: true });
const twin = await testDatabase({ isEmpty: true });
const own = await testDatabase();

describe("in the database of another application", () => {
  const database = createDatabase({ connectionString: withinSchema(foreign.connectionString) });
  const { pool } = database;
  const module = createExperimentsModule({ database, decisionBudgetMs: 10_000 });
  let staff: { userId: number };
  afterAll(async () => {
    await module.close();
    await database.close();
  });

  const aPerson = async (isStaff = false): Promise<number> => {
    const { rows } = await pool.query(
      `INSERT INTO public.people (mail, full_name, is_staff, country) VALUES ($1, 'Uma', $2, 'DE') RETURNING person_id`,
      [`${randomUUID()}@host.example`, isStaff],
    );
    return rows[0].person_id;
  };
  const start = async (changes: Parameters<typeof anInput>[0] = {}) => {
    const { slug, version } = await module.admin.editing.create(staff, anInput(changes));
    const withoutMetric = "A test of an installation.";
    await module.admin.lifecycle.updateStatus(staff, { slug, version, action: "start", withoutMetric });
    return slug;
  };

  beforeAll(async () => {
    await installInForeignHost(pool);
    staff = { userId: await aPerson(true) };
  });

  test("the views are those that the module asks for", async () => {
    expect(await findFaultyViews(pool)).toEqual([]);
    expect(await runDoctor({ url: foreign.connectionString })).toContain("well");
  });

  test("what keeps the doctor from reading them is said in a sentence", async () => {
    const url = new URL(foreign.connectionString);
    url.pathname = "/no-such-database";
    const failures = [
      [{ url: url.href }, 'database "no-such-database" does not exist'],
      [{ url: foreign.connectionString, schema: "elsewhere" }, "There is no view experiment_host_users"],
    ] as const;
    for (const [asked, said] of failures) {
      const failure = await runDoctor(asked).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(ScriptError);
      expect(String(failure)).toContain(said);
    }
  });

  test("people are assigned, seen and counted, and a conversion goes into the host's own transaction", async () => {
    const slug = await start({ targetingRules: { userAttributes: { country: "DE" } } });
    const shown = new Set<string | null>();
    for (let index = 0; index < 20; index++) {
      const userId = await aPerson();
      const identity = anIdentity({ userId });
      const [answer] = await module.experiments.decide(identity, [{ slug }]);
      expect(answer).toMatchObject({ reason: "allocated", subject: `user:${userId}` });
      shown.add(answer?.variant ?? null);
      await module.experiments.recordExposures(identity, [{ slug, userId, ageMs: 0 }]);
      if (index === 0) {
        const client = await pool.connect();
        await client.query("BEGIN");
        await client.query("INSERT INTO public.accounts (title) VALUES ('Bought')");
        await createTrackConversion(() => module.experiments)(client, "clicked", {
          subject: { userId },
          experiment: slug,
        });
        await client.query("COMMIT");
        client.release();
      }
    }
    expect([...shown].sort()).toEqual(["control", "urgent"]);
    const { rows } = await pool.query(
      `SELECT count(*)::int AS n, count("exposedAt")::int AS seen,
         (SELECT count(*)::int FROM "ExperimentConversion" WHERE "experimentSlug" = $1) AS conversions
       FROM "ExperimentVariant" WHERE "experimentSlug" = $1`,
      [slug],
    );
    expect(rows).toEqual([{ n: 20, seen: 20, conversions: 1 }]);
  });

  test("a browser asks, reports and is counted by the one route", async () => {
    const slug = await start();
    const userId = await aPerson();
    const { POST } = createExperimentsHandler({
      experiments: module.experiments,
      identify: ({ headers }) =>
        identify({ headers, userId, secrets: ["a-secret-of-the-tests-0123456789abcd"] }),
    });
    const send = (name: string, body: unknown) =>
      POST(
        new Request(`https://host.example/api/experiments/${name}`, {
          method: "POST",
          body: JSON.stringify(body),
          headers: { "sec-fetch-site": "same-origin" },
        }),
      );
    const { answers } = await (await send("answers", { requests: [{ slug }] })).json();
    expect(answers).toMatchObject([{ slug, reason: "allocated", subject: `user:${userId}` }]);
    expect((await send("exposures", { exposures: [{ slug, userId }] })).status).toBe(204);
    expect((await send("conversions", { conversions: [{ slug, event: "clicked", key: "a" }] })).status).toBe(
      204,
    );
    const { rows } = await pool.query(
      `SELECT "exposedAt" IS NOT NULL AS seen, "conversionEvent" AS event FROM "ExperimentVariant" AS assignment
       JOIN "ExperimentConversion" ON "assignmentId" = assignment."id" WHERE assignment."experimentSlug" = $1`,
      [slug],
    );
    expect(rows).toEqual([{ seen: true, event: "clicked" }]);
  });

  test("a team's plan is what the host says, and only its members are decided for", async () => {
    const slug = await start({ unit: "team", targetingRules: { plans: ["teams"] } });
    const [member, stranger] = [await aPerson(), await aPerson()];
    const { rows } = await pool.query(
      "INSERT INTO public.accounts (title, tier) VALUES ('Acme', 'pro') RETURNING id",
    );
    const teamId: number = rows[0].id;
    await pool.query("INSERT INTO public.seats VALUES ($1, $2)", [member, teamId]);
    const decide = (userId: number) => module.experiments.decide(anIdentity({ userId }), [{ slug, teamId }]);
    expect(await decide(member)).toMatchObject([{ reason: "allocated", subject: `team:${teamId}` }]);
    await expect(decide(stranger)).rejects.toMatchObject({ code: "claim_refused" });
  });

  test("somebody whom the host deletes is erased, and counts as before", async () => {
    const slug = await start({ unit: "visitor" });
    const userId = await aPerson();
    for (const visitorId of [randomUUID(), randomUUID()]) {
      await module.experiments.decide(anIdentity({ visitorId }), [{ slug }]);
      await module.experiments.linkVisitor(userId, visitorId);
    }
    await pool.query("DELETE FROM public.people WHERE person_id = $1", [userId]);
    const { rows } = await pool.query(
      `SELECT count("visitorId")::int AS named, count(*)::int AS kept FROM "ExperimentVariant" WHERE "experimentSlug" = $1`,
      [slug],
    );
    expect(rows).toEqual([{ named: 0, kept: 2 }]);
    expect((await pool.query(`SELECT FROM "VisitorLink" WHERE "userId" = $1`, [userId])).rows).toEqual([]);
  });

  test("an experiment is concluded, and its activity names who did it", async () => {
    const slug = await start();
    const { version } = await module.admin.catalog.get(staff, slug);
    await module.admin.lifecycle.conclude(staff, { slug, version, winnerVariant: "urgent" });
    const [answer] = await module.experiments.decide(anIdentity({ userId: await aPerson() }), [{ slug }]);
    expect(answer).toMatchObject({ variant: "urgent", reason: "winner" });
    const { rows } = await pool.query(
      `SELECT DISTINCT "actorId" FROM "AuditLog" WHERE "tableName" = 'Feature' AND "rowKey" = $1`,
      [slug],
    );
    expect(rows).toEqual([{ actorId: staff.userId }]);
  });

  test("whoever is no staff may do nothing", async () => {
    const userId = await aPerson();
    await expect(module.admin.editing.create({ userId }, anInput())).rejects.toMatchObject({
      code: "not_allowed",
    });
  });

  test("a view that lacks a column, doubles somebody or is gone is named", async () => {
    const client = await pool.connect();
    try {
      await client.query("BEGIN");
      const asked = {
        connect: async () => client,
        query: client.query.bind(client),
      } as unknown as typeof pool;
      await client.query("INSERT INTO public.people (person_id, mail) VALUES (900001, 'twice@host.example')");
      await client.query(
        `CREATE OR REPLACE VIEW experiment_host_users AS
         SELECT person_id AS id, mail AS email, coalesce(full_name, mail) AS name, joined_at AS created_at,
           jsonb_build_object('country', country) AS attributes, NULL::text AS plan, is_staff AS is_admin
         FROM public.people, generate_series(1, CASE person_id WHEN 900001 THEN 2 ELSE 1 END)`,
      );
      await client.query("DROP VIEW experiment_host_memberships");
      await client.query(
        "CREATE VIEW experiment_host_memberships AS SELECT person_id AS user_id FROM public.seats",
      );
      await client.query("DROP VIEW experiment_host_teams");
      expect(await findFaultyViews(asked)).toEqual([
        "The view experiment_host_users has 900001 more than once.",
        "There is no view experiment_host_teams on the search path.",
        "The view experiment_host_memberships lacks team_id.",
      ]);
    } finally {
      await client.query("ROLLBACK");
      client.release();
    }
  });
});

test("in this application's names, it makes what the migrations here have made", async () => {
  const described = async (connectionString: string, prepare: string[] = []): Promise<Described> => {
    const database = createDatabase({ connectionString });
    try {
      for (const sql of prepare) await database.pool.query(sql);
      return await describeSchema(database.pool);
    } finally {
      await database.close();
    }
  };
  const settings = { schema: "public", users: { table: "User" }, teams: { table: "Team" } };
  const made = await described(twin.connectionString, [
    `CREATE TABLE "User" ("id" serial PRIMARY KEY); CREATE TABLE "Team" ("id" serial PRIMARY KEY);
     CREATE VIEW "experiment_host_users" AS SELECT "id" FROM "User";`,
    ...listModuleMigrations(settings).map(({ sql }) => sql),
  ]);
  const here = await described(own.connectionString);
  for (const table of MODULE_TABLES) expect(made.tables[table], table).toEqual(here.tables[table]);
  expect(made.types).toEqual(here.types);
  expect(made.functions).toEqual(here.functions);
});
