import { randomUUID } from "node:crypto";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { sampled } from "@calcom/lib/env-of-tests";
import { createDatabase } from "@calcom/prisma";
import type { Pool } from "pg";
import { describe, expect, test } from "vitest";
import { MetricRegistry } from "../metrics/registry";
import {
  createExperimentsModule,
  createTrackConversion,
  defineMetric,
  type ExperimentsModule,
} from "../module";
import { anIdentity, anInput } from "../testing/database-fixtures";
import { FOREIGN_SETTINGS, install, makeForeignHost, withinSchema } from "../testing/foreign-host";
import { type HostId, ID_TYPES, type IdType } from "../types/host-id";
import { findFaultyViews } from "./host-views";
import { buildForgettingTrigger, type ModuleSqlSettings } from "./module-sql";
import { describeHost } from "./testing/describe-host";
import { buildUninstallSql } from "./uninstall-sql";

const HOSTS = [
  ...ID_TYPES.flatMap((users, index) =>
    [true, false].flatMap((hasForeignKeys) =>
      [null, "public"].map((flags) => ({
        schema: "experiments",
        // Of another type than those of users.
        ids: { users, teams: ID_TYPES[(index + 1) % ID_TYPES.length] as IdType },
        hasForeignKeys,
        flags,
      })),
    ),
  ),
  // Not the module's alone, and with a name that has to be quoted.
  ...["public", "User$1"].flatMap((schema) =>
    [null, "public"].map((flags) => ({
      schema,
      ids: { users: "uuid", teams: "integer" } as const,
      hasForeignKeys: flags === null,
      flags,
    })),
  ),
].map((host) => ({
  ...host,
  name: `${host.schema}: ${host.ids.users} ids, ${host.hasForeignKeys ? "foreign keys" : "none"}, ${host.flags ? "the host's flags" : "flags of its own"}`,
}));

const bought = defineMetric({
  key: "bought",
  name: "Bought",
  kind: "conversion",
  source: { query: { user: "SELECT buyer AS subject, at FROM public.sales" } },
});

// Always each type of id and each way to install once, and two schemas that are not the module's alone.
const ALWAYS = [0, 5, 10, 15, 16, 19];

describe.each(sampled(HOSTS, (_, index) => ALWAYS.includes(index)))(
  "installed with $name",
  ({ schema, ids, hasForeignKeys, flags }) => {
    test("the whole of an experiment works, and uninstalling it leaves the host as it was", async () => {
      const settings: ModuleSqlSettings = { ...FOREIGN_SETTINGS, schema, ids, hasForeignKeys, flags };
      const { connectionString } = await testDatabase({ isEmpty: true });
      const searchPath = flags === null ? `"${schema}"` : `"${schema}",public`;
      const database = createDatabase({ connectionString: withinSchema(connectionString, searchPath) });
      const { pool } = database;
      await makeForeignHost(pool, settings);
      // A schema of another name is one that the host has, and not for the module alone.
      if (schema !== "experiments")
        await pool.query(
          `CREATE SCHEMA IF NOT EXISTS "${schema}"; CREATE TABLE "${schema}".of_the_host AS SELECT 7 AS kept`,
        );
      const before = await describeHost(pool);
      await install(pool, settings);
      if (!hasForeignKeys)
        await pool.query(
          buildForgettingTrigger(settings, "users") + buildForgettingTrigger(settings, "teams"),
        );
      expect(await findFaultyViews(pool, ids)).toEqual([]);
      const metrics = new MetricRegistry();
      metrics.register([bought]);
      const module = createExperimentsModule({ database, ids, metrics, decisionBudgetMs: 10_000 });
      try {
        const host = new Host(pool, module);
        await host.runExperiment();
        if (flags !== null) await host.convertAndBack();
        await host.forget();
      } finally {
        await module.close();
      }
      await pool.query(
        `DELETE FROM public.people WHERE mail LIKE '%@new.example'; DELETE FROM public.accounts;`,
      );
      await pool.query(buildUninstallSql(settings));
      expect(await describeHost(pool)).toEqual(before);
      if (schema !== "experiments")
        expect((await pool.query(`SELECT kept FROM "${schema}".of_the_host`)).rows).toEqual([{ kept: 7 }]);
      await database.close();
    });
  },
);

class Host {
  readonly #pool: Pool;
  readonly #module: ExperimentsModule;

  constructor(pool: Pool, module: ExperimentsModule) {
    this.#pool = pool;
    this.#module = module;
  }

  async runExperiment(): Promise<void> {
    const { experiments, admin, results } = this.#module;
    const staff = { userId: await this.#addPerson(true) };
    const start = async (changes: Parameters<typeof anInput>[0]) => {
      const { slug, version } = await admin.editing.create(staff, anInput(changes));
      const withoutMetric = "A test of an installation.";
      await admin.lifecycle.updateStatus(staff, { slug, version, action: "start", withoutMetric });
      return slug;
    };
    const slug = await start({ metrics: { primary: "bought", secondary: [], guardrails: [] } });
    for (const userId of [await this.#addPerson(), await this.#addPerson()]) {
      const identity = anIdentity({ userId });
      expect(await experiments.decide(identity, [{ slug }])).toMatchObject([
        { reason: "allocated", subject: `user:${userId}` },
      ]);
      expect(await experiments.recordExposures(identity, [{ slug, userId }])).toEqual({ recorded: 1 });
      await this.#pool.query("INSERT INTO public.sales (buyer) VALUES ($1)", [userId]);
      const client = await this.#pool.connect();
      await client.query("BEGIN");
      const track = createTrackConversion(() => experiments);
      expect(await track(client, "clicked", { subject: { userId } })).toEqual({ recorded: 1 });
      await client.query("COMMIT");
      client.release();
    }
    const ofTeams = await start({ unit: "team" });
    const teamId = await this.#addTeam(staff.userId);
    const asked = [{ slug: ofTeams, teamId }];
    expect(await experiments.decide(anIdentity(staff), asked)).toMatchObject([{ subject: `team:${teamId}` }]);
    await results.refresh(staff, slug);
    expect(await results.exportJson(staff, slug)).toMatch(/"key": ?"bought"/);
    expect(
      (await admin.catalog.readStats(staff, slug)).variants.reduce((n, { exposed }) => n + exposed, 0),
    ).toBe(2);
    const { version } = await admin.catalog.get(staff, slug);
    await admin.lifecycle.conclude(staff, { slug, version, winnerVariant: "urgent" });
    const [late] = await experiments.decideFor({ userId: await this.#addPerson() }, [slug]);
    expect(late).toMatchObject({ variant: "urgent", reason: "winner" });
  }

  /** A flag of the host's becomes an experiment that the host still switches and stamps, and a flag again. */
  async convertAndBack(): Promise<void> {
    const { experiments, admin } = this.#module;
    const staff = { userId: await this.#addPerson(true) };
    const userId = await this.#addPerson();
    const read = async () =>
      (await this.#pool.query(`SELECT * FROM public."Feature" WHERE slug = 'old-flag'`)).rows[0];
    const ofHost = await read();
    const plan = await admin.flagMigration.plan(staff, { slug: "old-flag", unit: "user" });
    expect(plan).toMatchObject({ imported: { on: 2, off: 0 }, obstacle: null });
    const draft = await admin.flagMigration.convert(staff, {
      slug: "old-flag",
      unit: "user",
      version: plan.version,
    });
    const withoutMetric = "A test of an installation.";
    const started = { slug: "old-flag", version: draft.version, action: "start", withoutMetric } as const;
    const { version } = await admin.lifecycle.updateStatus(staff, started);
    const stamp = (set: string) =>
      this.#pool.query(`UPDATE public."Feature" SET ${set} WHERE slug = 'old-flag'`);
    const countEntries = async () =>
      (await this.#pool.query(`SELECT count(*)::int AS n FROM "AuditLog" WHERE "rowKey" = 'old-flag'`))
        .rows[0].n;
    const entries = await countEntries();
    await stamp(`"lastUsedAt" = '2026-05-05', "updatedAt" = '2026-05-05'`);
    expect(await read()).toMatchObject({ version, enabled: true, lastUsedAt: expect.any(Date) });
    expect(await countEntries()).toBe(entries);
    await stamp(`enabled = false, "updatedAt" = now()`);
    expect(await admin.catalog.get(staff, "old-flag")).toMatchObject({ status: "off", version: version + 1 });
    await stamp("enabled = true");
    expect(await admin.catalog.get(staff, "old-flag")).toMatchObject({
      status: "running",
      version: version + 2,
    });
    expect(await countEntries()).toBe(entries + 2);
    await this.#pool.query(
      `UPDATE public."Feature" SET "lastUsedAt" = NULL, enabled = NOT enabled WHERE slug = 'dark-mode'`,
    );
    await this.#pool.query(`UPDATE public."Feature" SET enabled = NOT enabled WHERE slug = 'dark-mode'`);
    expect(await experiments.answerFlags({ userId }, ["old-flag"])).toHaveProperty("old-flag");
    await this.#pool.query(
      `DELETE FROM "ExperimentVariant" WHERE "experimentSlug" = 'old-flag' AND "assignmentType" <> 'IMPORTED'`,
    );
    await admin.flagMigration.revert(staff, { slug: "old-flag", version: version + 2 });
    expect(await read()).toMatchObject({ type: ofHost.type, enabled: false, metadata: null, tier: 1 });
    await stamp(`enabled = NULL, "lastUsedAt" = NULL, "updatedAt" = '2026-01-01'`);
  }

  async forget(): Promise<void> {
    const { experiments, admin } = this.#module;
    const staff = { userId: await this.#addPerson(true) };
    const { slug, version } = await admin.editing.create(staff, anInput({ unit: "visitor" }));
    await admin.lifecycle.updateStatus(staff, { slug, version, action: "start", withoutMetric: "A test." });
    const [deleted, kept] = [await this.#addPerson(), await this.#addPerson()];
    const teamId = await this.#addTeam(kept);
    for (const userId of [deleted, kept])
      for (const visitorId of [randomUUID(), randomUUID()]) {
        await experiments.decide(anIdentity({ visitorId }), [{ slug }]);
        await experiments.linkVisitor(userId, visitorId);
      }
    await this.#pool.query("DELETE FROM public.people WHERE person_id = $1", [deleted]);
    await experiments.forgetSubject({ userId: kept });
    await experiments.forgetSubject({ teamId });
    const { rows } = await this.#pool.query(
      `SELECT count("visitorId")::int AS named, count(*)::int AS kept,
         (SELECT count(*)::int FROM "VisitorLink") AS links FROM "ExperimentVariant" WHERE "experimentSlug" = $1`,
      [slug],
    );
    expect(rows).toEqual([{ named: 0, kept: 4, links: 0 }]);
  }

  async #addPerson(isStaff = false): Promise<HostId> {
    const { rows } = await this.#pool.query(
      `INSERT INTO public.people (mail, full_name, is_staff) VALUES ($1, 'Uma', $2) RETURNING person_id`,
      [`${randomUUID()}@new.example`, isStaff],
    );
    return rows[0].person_id;
  }

  async #addTeam(member: HostId): Promise<HostId> {
    const { rows } = await this.#pool.query(
      "INSERT INTO public.accounts (title) VALUES ('Acme') RETURNING id",
    );
    await this.#pool.query("INSERT INTO public.seats VALUES ($1, $2)", [member, rows[0].id]);
    return rows[0].id;
  }
}
