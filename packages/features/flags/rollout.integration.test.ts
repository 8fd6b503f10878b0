import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anIdentity, createTeam, createUser } from "../experiments/testing/database-fixtures";
import { compileExperiment, decide, newConfig } from "../experiments/utils";
import { aWorld, type WalkWorld } from "./testing/walk-world";
import type { FlagSubject, Rollout } from "./types";

const { connectionString } = await testDatabase();
let world: WalkWorld;
let actor: { userId: number };
let count = 0;
beforeAll(async () => {
  world = await aWorld(connectionString);
  actor = world.fixture.admin;
});
afterAll(() => world.fixture.close());

async function aFlag(rollout: Rollout | null, enabled = true): Promise<string> {
  const slug = `rolled-${++count}`;
  await world.fixture.database.prisma.feature.create({ data: { slug, enabled } });
  if (rollout !== null) await world.flagsAdmin.setRollout(actor, { slug, rollout });
  return slug;
}

const percent = (percentage: number, unit: Rollout["unit"] = "user"): Rollout => ({ percentage, unit });
const isOn = (slug: string, subject: FlagSubject) => world.flags.isEnabled(slug, subject);

/** Whether an experiment of that salt with so much traffic takes the unit in: what a rollout has to agree with. */
function isInTraffic(slug: string, unitId: number | string, percentage: number): boolean {
  const config = newConfig({
    name: slug,
    salt: slug,
    status: "running",
    trafficPercentage: percentage,
    variants: [{ name: "control", percentage: 100 }],
  });
  const subject = {
    unitId: String(unitId),
    facts: { plan: null, teamIds: [], organizationIds: [], attributes: {} },
    isRateLimited: false,
    isBot: false,
    hasConsent: true,
  };
  const { reason } = decide(compileExperiment(slug, 1, config), subject, null, null, {
    now: 0,
    random: () => 0,
  });
  return reason === "allocated";
}

describe("a rollout", () => {
  test("holds exactly whom an experiment takes in, by the same hash, for any slug and share", async () => {
    const slugs = ["a", "new-booker", "grün-für-alle", "🚀", "x".repeat(61)];
    const shares = [0.01, 1, 9.99, 33.33, 50, 99.99];
    const units = Array.from({ length: 400 }, (_, index) => index * 7_919 + 1);
    const { rows } = await world.fixture.database.pool.query<{
      slug: string;
      share: number;
      unit: number;
      isIn: boolean;
    }>(
      `SELECT slug, share, unit, is_rolled_out(slug, share, unit) AS "isIn"
       FROM unnest($1::text[]) AS slug, unnest($2::float8[]) AS share, unnest($3::int[]) AS unit`,
      [slugs, shares, units],
    );
    expect(rows).toHaveLength(slugs.length * shares.length * units.length);
    const differing = rows.filter(({ slug, share, unit, isIn }) => isIn !== isInTraffic(slug, unit, share));
    expect(differing).toEqual([]);
    const half = rows.filter(({ share, isIn }) => share === 50 && isIn).length;
    expect(half / (slugs.length * units.length)).toBeCloseTo(0.5, 1);
  });

  test("that is raised takes the flag from nobody, and lowered again leaves those of before", async () => {
    const slug = await aFlag(percent(10));
    const people = Array.from({ length: 300 }, (_, index) => 50_000 + index);
    const having = async () => {
      const states = await Promise.all(people.map((userId) => isOn(slug, { userId })));
      return people.filter((_, index) => states[index]);
    };
    const ten = await having();
    expect(ten).toEqual(people.filter((id) => isInTraffic(slug, id, 10)));
    expect(ten.length).toBeGreaterThan(10);
    await world.flagsAdmin.setRollout(actor, { slug, rollout: percent(50) });
    const fifty = await having();
    expect(fifty).toEqual(expect.arrayContaining(ten));
    expect(fifty.length).toBeGreaterThan(ten.length);
    await world.flagsAdmin.setRollout(actor, { slug, rollout: percent(100) });
    expect(await having()).toEqual(people);
    await world.flagsAdmin.setRollout(actor, { slug, rollout: percent(10) });
    expect(await having()).toEqual(ten);
    await world.flagsAdmin.setEnabled(actor, { slug, enabled: false });
    expect(await having()).toEqual([]);
  });

  test("is not changed by whoever has looked at another one, and twice the same change is one", async () => {
    const slug = await aFlag(percent(10));
    const set = (rollout: Rollout | null, before: Rollout | null) =>
      world.flagsAdmin.setRollout(actor, { slug, rollout, before });
    const stored = async () => {
      const { rolloutPercentage, rolloutUnit } =
        await world.fixture.database.prisma.feature.findUniqueOrThrow({
          where: { slug },
        });
      return [rolloutPercentage, rolloutUnit];
    };
    await set(percent(50), percent(10));
    const stale = { code: "stale_flag" };
    await expect(set(percent(20), percent(10))).rejects.toMatchObject(stale);
    await expect(set(null, percent(50, "team"))).rejects.toMatchObject(stale);
    await set(percent(50), percent(10));
    expect(await stored()).toEqual([50, "user"]);
    const both = await Promise.allSettled([set(percent(60), percent(50)), set(null, percent(50))]);
    expect(both.filter(({ status }) => status === "rejected")).toHaveLength(1);
    await expect(
      world.flagsAdmin.setRollout(actor, { slug: "no-such-flag", rollout: null, before: null }),
    ).rejects.toMatchObject({ code: "flag_not_found" });
  });

  test("to teams gives all members of a team the same, and nothing to whom no team has", async () => {
    const { database } = world.fixture;
    const slug = await aFlag(percent(50, "team"));
    const users = [await createUser(database), await createUser(database)];
    const invited = await createUser(database);
    for (let made = 0; made < 12; made++) {
      const team = await createTeam(database, users);
      await database.prisma.membership.create({
        data: { teamId: team, userId: invited, accepted: false },
      });
      const expected = isInTraffic(slug, team, 50);
      for (const userId of users) expect(await isOn(slug, { userId, teamId: team })).toBe(expected);
      expect(await isOn(slug, { userId: null, teamId: team })).toBe(expected);
      expect(await isOn(slug, { userId: invited, teamId: team })).toBe(false);
      await database.prisma.membership.deleteMany({ where: { teamId: team } });
    }
    expect(await isOn(slug, { userId: users[0] as number })).toBe(false);
    const teams = [await createTeam(database, users), await createTeam(database, users)];
    expect(await isOn(slug, { userId: users[0] as number })).toBe(
      teams.some((team) => isInTraffic(slug, team, 50)),
    );
  });

  test("stands behind overrides, and gives visitors nothing", async () => {
    const { database } = world.fixture;
    const slug = await aFlag(percent(50));
    const userId = await createUser(database);
    for (const override of ["on", "off"] as const) {
      await world.flagsAdmin.assign(actor, { slug, kind: "user", id: userId, override });
      expect(await isOn(slug, { userId })).toBe(override === "on");
    }
    expect(await isOn(slug, { userId: null })).toBe(false);
    expect(await isOn(await aFlag(percent(50, "team")), { userId: null })).toBe(false);
  });

  test("answers code that asks for an experiment as it answers code that asks for the flag", async () => {
    const { database, module } = world.fixture;
    for (const unit of ["user", "team"] as const) {
      const slug = await aFlag(percent(50, unit));
      const seen = new Set<boolean>();
      for (let made = 0; made < 8; made++) {
        const userId = await createUser(database);
        const teamId = await createTeam(database, [userId]);
        for (const claims of [{}, { teamId }]) {
          const [answer] = await module.experiments.decide(anIdentity({ userId }), [{ slug, ...claims }]);
          const on = await isOn(slug, { userId, ...claims });
          expect(answer?.variant === "treatment").toBe(on);
          seen.add(on);
        }
      }
      expect(seen).toEqual(new Set([true, false]));
    }
  });
});

describe("an admin", () => {
  test("sees of each person and team what the rollout gives", async () => {
    const { database } = world.fixture;
    const byUser = await aFlag(percent(50));
    const byTeam = await aFlag(percent(50, "team"));
    const userId = await createUser(database);
    const teamId = await createTeam(database, [userId]);
    const inherited = async (slug: string, kind: "user" | "team", id: number) => {
      const { items } = await world.flagsAdmin.subjects(actor, { slug, kind, limit: 100 });
      return items.find((item) => item.id === id)?.inherited;
    };
    expect(await inherited(byUser, "user", userId)).toEqual({
      enabled: isInTraffic(byUser, userId, 50),
      source: "rollout",
    });
    expect(await inherited(byUser, "team", teamId)).toEqual({ enabled: null, source: "rollout" });
    const ofTeam = { enabled: isInTraffic(byTeam, teamId, 50), source: "rollout" };
    expect(await inherited(byTeam, "user", userId)).toEqual(ofTeam);
    expect(await inherited(byTeam, "team", teamId)).toEqual(ofTeam);
    await world.flagsAdmin.setEnabled(actor, { slug: byUser, enabled: false });
    expect(await inherited(byUser, "team", teamId)).toEqual({ enabled: false, source: "global" });
  });

  test("finds it in the list, and each change once in the audit log, by whom", async () => {
    const slug = await aFlag(null);
    const listed = async () => (await world.flagsAdmin.list(actor, { search: slug })).items[0]?.rollout;
    expect(await listed()).toBeNull();
    const rollout = percent(12.5, "team");
    for (let again = 0; again < 2; again++) await world.flagsAdmin.setRollout(actor, { slug, rollout });
    expect(await listed()).toEqual(rollout);
    const { rows } = await world.fixture.database.pool.query(
      `SELECT "actorId", "before" -> 'rolloutPercentage' AS "before", "after" -> 'rolloutPercentage' AS "after"
       FROM "AuditLog" WHERE "rowKey" = $1 AND "action" = 'UPDATE'`,
      [slug],
    );
    expect(rows).toEqual([{ actorId: actor.userId, before: null, after: 12.5 }]);
  });

  test.each([0, -1, 100.01, 12.345, Number.NaN])("is refused a share of %s", async (percentage) => {
    const slug = await aFlag(null);
    await expect(
      world.flagsAdmin.setRollout(actor, { slug, rollout: percent(percentage) }),
    ).rejects.toThrow();
  });

  test("converts no flag that is on for a share, and one that is off again", async () => {
    const slug = await aFlag(percent(10));
    const { flagMigration } = world.fixture.module.admin;
    const plan = await flagMigration.plan(actor, { slug, unit: "user" });
    expect(plan.obstacle?.message).toContain("is on for a share of people");
    await expect(
      flagMigration.convert(actor, { slug, unit: "user", version: plan.version }),
    ).rejects.toMatchObject({ code: "invalid_config" });
    await world.flagsAdmin.setEnabled(actor, { slug, enabled: false });
    const { version } = await flagMigration.plan(actor, { slug, unit: "user" });
    await flagMigration.convert(actor, { slug, unit: "user", version });
    for (let id = 60_000; id < 60_040; id++) expect(await isOn(slug, { userId: id })).toBe(false);
    await expect(world.flagsAdmin.setRollout(actor, { slug, rollout: percent(20) })).rejects.toMatchObject({
      code: "is_experiment",
    });
  });
});
