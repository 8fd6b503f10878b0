import { randomUUID } from "node:crypto";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { createDatabase } from "@calcom/prisma";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MetricRegistry } from "../metrics/registry";
import { createExperimentsModule, createTrackConversion, defineMetric } from "../module";
import { anIdentity, anInput } from "../testing/database-fixtures";
import { FOREIGN_SETTINGS, installInForeignHost, withinSchema } from "../testing/foreign-host";
import type { HostId, IdType } from "../types/host-id";
import { findFaultyViews } from "./host-views";

/** Each type of a user's id, with another one of a team's. */
const KINDS: [users: IdType, teams: IdType][] = [
  ["integer", "text"],
  ["bigint", "uuid"],
  ["uuid", "integer"],
  ["text", "bigint"],
];
const databases = await Promise.all(KINDS.map(() => testDatabase({ isEmpty: true })));

describe.each(KINDS.map(([users, teams], index) => ({ users, teams, index })))(
  "ids of users that are $users, and of teams that are $teams",
  ({ users, teams, index }) => {
    const ids = { users, teams };
    const { connectionString } = databases[index] as (typeof databases)[number];
    const database = createDatabase({ connectionString: withinSchema(connectionString) });
    const { pool } = database;
    const metrics = new MetricRegistry();
    metrics.register([
      defineMetric({
        key: "bought",
        name: "Bought",
        kind: "conversion",
        source: { query: { user: "SELECT buyer AS subject, at FROM public.sales" } },
      }),
    ]);
    const module = createExperimentsModule({ database, ids, metrics, decisionBudgetMs: 10_000 });
    const { experiments, admin } = module;
    let staff: { userId: HostId };
    afterAll(async () => {
      await module.close();
      await database.close();
    });

    const aPerson = async (isStaff = false): Promise<HostId> => {
      const { rows } = await pool.query(
        `INSERT INTO public.people (mail, full_name, is_staff, country) VALUES ($1, 'Uma', $2, 'DE') RETURNING person_id`,
        [`${randomUUID()}@host.example`, isStaff],
      );
      return rows[0].person_id;
    };
    const aTeamOf = async (...members: HostId[]): Promise<HostId> => {
      const { rows } = await pool.query("INSERT INTO public.accounts (title) VALUES ('Acme') RETURNING id");
      for (const member of members)
        await pool.query("INSERT INTO public.seats VALUES ($1, $2)", [member, rows[0].id]);
      return rows[0].id;
    };
    const start = async (changes: Parameters<typeof anInput>[0] = {}) => {
      const { slug, version } = await admin.editing.create(staff, anInput(changes));
      const withoutMetric = "A test of an installation.";
      await admin.lifecycle.updateStatus(staff, { slug, version, action: "start", withoutMetric });
      return slug;
    };

    beforeAll(async () => {
      await installInForeignHost(pool, { ...FOREIGN_SETTINGS, ids });

      staff = { userId: await aPerson(true) };
    });

    test("are handed out as they are stored, and are those of whoever is counted", async () => {
      expect(await findFaultyViews(pool, ids)).toEqual([]);
      const metricsOfIt = { primary: "bought", secondary: [], guardrails: [] };
      const slug = await start({ metrics: metricsOfIt });
      const people = [await aPerson(), await aPerson()];
      for (const userId of people) {
        const identity = anIdentity({ userId });
        const [answer] = await experiments.decide(identity, [{ slug }]);
        expect(answer).toMatchObject({ reason: "allocated", subject: `user:${userId}` });
        await experiments.recordExposures(identity, [{ slug, userId }]);
        expect(await experiments.decideFor({ userId }, [slug])).toMatchObject([
          { variant: answer?.variant, reason: "sticky", subject: `user:${userId}` },
        ]);
        await pool.query("INSERT INTO public.sales (buyer) VALUES ($1)", [userId]);
      }
      const client = await pool.connect();
      await client.query("BEGIN");
      await client.query("INSERT INTO public.accounts (title) VALUES ('Bought')");
      const track = createTrackConversion(() => experiments);
      expect(await track(client, "clicked", { subject: { userId: people[0] as HostId } })).toEqual({
        recorded: 1,
      });
      await client.query("COMMIT");
      client.release();
      const { rows } = await pool.query(
        `SELECT "userId", (SELECT count(*)::int FROM "ExperimentConversion" WHERE "assignmentId" = assignment."id") AS n
       FROM "ExperimentVariant" AS assignment WHERE "experimentSlug" = $1 ORDER BY "assignedAt"`,
        [slug],
      );
      expect(rows).toEqual(people.map((userId, place) => ({ userId, n: place === 0 ? 1 : 0 })));
      await module.results.refresh(staff, slug);
      const counted = await module.admin.catalog.readStats(staff, slug);
      expect(counted.variants.reduce((sum, { exposed }) => sum + exposed, 0)).toBe(2);
      const exported = await module.results.exportJson(staff, slug);
      expect(JSON.stringify(exported)).toContain("bought");
    });

    test("of teams go by the membership, and rules name them", async () => {
      const [member, stranger] = [await aPerson(), await aPerson()];
      const [teamId, other] = [await aTeamOf(member), await aTeamOf()];
      const slug = await start({ unit: "team", targetingRules: { teamIds: [teamId, teamId] } });
      const { config } = await admin.catalog.get(staff, slug);
      expect(config?.targetingRules).toEqual({ teamIds: [teamId] });
      const decide = (userId: HostId, asked = teamId) =>
        experiments.decide(anIdentity({ userId }), [{ slug, teamId: asked }]);
      expect(await decide(member)).toMatchObject([{ reason: "allocated", subject: `team:${teamId}` }]);
      await expect(decide(stranger)).rejects.toMatchObject({ code: "claim_refused" });
      await expect(decide(member, other)).rejects.toMatchObject({ code: "claim_refused" });
      expect(await experiments.decideFor({ teamId: other }, [slug])).toMatchObject([
        { reason: "not_targeted" },
      ]);
      const [found] = await admin.audience.findTeams(staff, {
        search: "",
        ids: [teamId],
        onlyOrganizations: null,
      });
      expect(found?.id).toBe(teamId);
      expect(
        await admin.audience.count(staff, { unit: "team", targetingRules: { teamIds: [other] } }),
      ).toEqual({
        matching: 1,
        examined: 3,
        total: 3,
      });
    });

    test("are the same values at every door of the administration", async () => {
      const slug = await start();
      const userId = await aPerson();
      const teamId = await aTeamOf(userId);
      await experiments.decideFor({ userId }, [slug]);
      const list = await admin.catalog.list(staff, { ownerId: staff.userId });
      expect(list.owners).toEqual([{ id: staff.userId, name: "Uma" }]);
      expect(list.items[0]).toMatchObject({ owner: { id: staff.userId } });
      expect(await admin.activity.list(staff, { actorId: staff.userId })).toMatchObject({
        actors: [{ id: staff.userId, name: "Uma" }],
      });
      const look = await admin.people.look(staff, {
        person: { unit: "user", id: userId },
        search: "",
        show: "all",
        page: 1,
      });
      expect(look.person).toMatchObject({ id: String(userId), teams: [{ id: teamId, name: "Acme" }] });
      expect(look.entries.find((entry) => entry.slug === slug)).toMatchObject({
        assigned: {},
        subject: { unit: "user", id: String(userId) },
      });
      const { version } = await admin.catalog.get(staff, slug);
      await admin.lifecycle.conclude(staff, { slug, version, winnerVariant: "urgent" });
      expect(await experiments.decideFor({ userId }, [slug])).toMatchObject([{ variant: "urgent" }]);
    });

    test("of whoever is deleted are forgotten, and nobody else's", async () => {
      const slug = await start({ unit: "visitor" });
      const userId = await aPerson();
      for (const visitorId of [randomUUID(), randomUUID()]) {
        await experiments.decide(anIdentity({ visitorId }), [{ slug }]);
        await experiments.linkVisitor(userId, visitorId);
      }
      await pool.query(`INSERT INTO "Feature" ("slug") VALUES ($1)`, [`flag-of-${slug}`]);
      for (const id of [userId, staff.userId])
        await pool.query(
          `INSERT INTO "UserFeatures" ("userId", "featureId", "enabled") VALUES ($1, $2, true)`,
          [id, `flag-of-${slug}`],
        );
      await pool.query("DELETE FROM public.people WHERE person_id = $1", [userId]);
      const { rows } = await pool.query(
        `SELECT (SELECT count("visitorId")::int FROM "ExperimentVariant" WHERE "experimentSlug" = $1) AS named,
         (SELECT count(*)::int FROM "ExperimentVariant" WHERE "experimentSlug" = $1) AS kept,
         (SELECT count(*)::int FROM "AuditLog" WHERE coalesce("after", "before") ->> 'userId' = $2 AND "tableName" = 'UserFeatures') AS told`,
        [slug, String(userId)],
      );
      expect(rows).toEqual([{ named: 0, kept: 2, told: 0 }]);
      const { rows: entries } = await pool.query(
        `SELECT "rowKey" FROM "AuditLog" WHERE "tableName" = 'UserFeatures' ORDER BY "rowKey" LIKE 'erased%'`,
      );
      expect(new Set(entries.map(({ rowKey }) => rowKey))).toEqual(
        new Set([`${staff.userId}:flag-of-${slug}`, `erased:flag-of-${slug}`]),
      );
    });
  },
);
