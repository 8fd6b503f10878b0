// Each test is named by a sentence of the dialog, which it holds to.
import { readFileSync } from "node:fs";
import path from "node:path";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { anIdentity, createUser } from "../experiments/testing/database-fixtures";
import { aWorld, createFlag, leaveAll, type WalkWorld } from "./testing/walk-world";

const file = "../../../apps/web/public/static/locales/en/common.json";
const says: Record<string, string> = JSON.parse(readFileSync(path.join(import.meta.dirname, file), "utf8"));

const { connectionString } = await testDatabase();
let world: WalkWorld;
beforeAll(async () => {
  world = await aWorld(connectionString);
});
afterAll(() => world.fixture.close());

const NOBODY_TARGETED = { targetingRules: { plans: ["organization" as const] }, trafficPercentage: 0 };
type Action = "start" | "pause" | "resume" | "turn_off" | "turn_on";

/** A flag that the first user has, and the first team, whose member the third user is; the second is kept from it. */
async function aConvertedFlag(unit: "user" | "team") {
  await leaveAll(world);
  const { fixture, flags, flagsAdmin, people } = world;
  const [own, blocked, member] = people.users as [number, number, number];
  const [team, otherTeam] = people.teams as [number, number];
  const { module, admin, database } = fixture;
  const nobody = await createUser(database);
  await database.prisma.membership.create({ data: { userId: member, teamId: team, accepted: true } });
  const slug = await createFlag(world);
  const say = (kind: "user" | "team", id: number, override: "on" | "off" | "inherit") =>
    flagsAdmin.assign(admin, { slug, kind, id, override });
  await say("user", own, "on");
  await say("user", blocked, "off");
  await say("team", team, "on");
  const { imported, version } = await module.admin.flagMigration.plan(admin, { slug, unit });
  const { version: draftVersion } = await module.admin.flagMigration.convert(admin, { slug, unit, version });
  let present = draftVersion;
  return {
    slug,
    imported,
    say,
    ...{ own, blocked, member, nobody, team, otherTeam },
    /** The same by both. */
    async seenBy(userId: number | null, teamId: number | null = null): Promise<string> {
      const claims = teamId === null ? {} : { teamId };
      const [answer] =
        userId === null && teamId !== null
          ? await module.experiments.decideFor({ teamId }, [slug])
          : await module.experiments.decide(anIdentity({ userId }), [{ slug, ...claims }]);
      expect(await flags.isEnabled(slug, { userId, teamId })).toBe(answer?.variant === "treatment");
      return answer?.variant ?? "control";
    },
    async act(action: Action) {
      const of = { slug, version: present, action, withoutMetric: "A rollout" };
      present = (await module.admin.lifecycle.updateStatus(admin, of)).version;
    },
    async edit(patch: object) {
      present = (await module.admin.editing.updateConfig(admin, { slug, version: present, patch })).version;
    },
    async conclude() {
      await module.admin.lifecycle.conclude(admin, { slug, version: present, winnerVariant: null });
    },
  };
}

test(says.flag_convert_sentence as string, async () => {
  const flag = await aConvertedFlag("user");
  const { module, admin, database } = world.fixture;
  const { own, blocked, member, nobody } = flag;
  const draft = await module.admin.catalog.get(admin, flag.slug);
  expect(draft).toMatchObject({ status: "draft", assignments: 0 });
  expect(draft.variants.map(({ name }) => name)).toEqual(["control", "treatment"]);
  const seen = async () => Promise.all([own, blocked, member, nobody, null].map((id) => flag.seenBy(id)));
  expect(await seen()).toEqual(["treatment", "control", "treatment", "control", "control"]);

  await flag.act("start");
  await world.flags.isEnabled(flag.slug, { userId: nobody });
  const rows = { experimentSlug: flag.slug, exposedAt: { not: null } };
  expect(await database.prisma.experimentVariant.count({ where: rows })).toBe(0);
  await module.experiments.recordExposures(anIdentity({ userId: nobody }), [{ slug: flag.slug }]);
  expect(await database.prisma.experimentVariant.count({ where: rows })).toBe(1);
});

test.each([
  { unit: "user", on: says.flag_convert_on_users_other, off: says.flag_convert_off_users_one },
  { unit: "team", on: says.flag_convert_on_teams_one, off: says.flag_convert_off_teams_other },
] as const)("by $unit: $on $off", async ({ unit }) => {
  const flag = await aConvertedFlag(unit);
  expect(flag.imported).toEqual(unit === "user" ? { on: 2, off: 1 } : { on: 1, off: 0 });
  const seen = () =>
    unit === "user"
      ? Promise.all([flag.own, flag.member, flag.blocked].map((id) => flag.seenBy(id)))
      : Promise.all([flag.seenBy(null, flag.team), flag.seenBy(flag.member, flag.team)]);
  const had = unit === "user" ? ["treatment", "treatment", "control"] : ["treatment", "treatment"];
  expect(await seen()).toEqual(had);
  for (const action of ["start", "pause", "resume"] as const) {
    await flag.act(action);
    expect(await seen()).toEqual(had);
  }
  await flag.conclude();
  expect(await seen()).toEqual(had);
});

test(says.flag_convert_left_out as string, async () => {
  const flag = await aConvertedFlag("user");
  await flag.edit(NOBODY_TARGETED);
  await flag.act("start");
  const { module, admin } = world.fixture;
  await module.experiments.recordExposures(anIdentity({ userId: flag.own }), [{ slug: flag.slug }]);
  for (const [id, variant] of [
    [flag.own, "treatment"],
    [flag.member, "treatment"],
    [flag.blocked, "control"],
  ] as const) {
    expect(await flag.seenBy(id)).toBe(variant);
    const [withoutConsent] = await module.experiments.decide(anIdentity({ userId: id, hasConsent: false }), [
      flag,
    ]);
    expect(withoutConsent).toMatchObject({ variant, reason: "flag" });
  }
  expect(await flag.seenBy(flag.nobody)).toBe("control");
  const stats = await module.admin.catalog.readStats(admin, flag.slug);
  expect(stats.imported).toBe(3);
  expect(stats.variants.map(({ assigned }) => assigned)).toEqual([0, 0]);
});

test(says.flag_convert_until_start as string, async () => {
  const flag = await aConvertedFlag("user");
  await flag.say("user", flag.nobody, "on");
  await flag.say("user", flag.own, "inherit");
  expect([await flag.seenBy(flag.nobody), await flag.seenBy(flag.own)]).toEqual(["treatment", "control"]);
  await flag.edit({
    variants: [
      { name: "control", percentage: 100 },
      { name: "treatment", percentage: 0 },
    ],
  });
  await flag.act("start");
  expect([await flag.seenBy(flag.nobody), await flag.seenBy(flag.own)]).toEqual(["treatment", "control"]);
  await expect(flag.say("user", flag.own, "on")).rejects.toMatchObject({ code: "is_experiment" });
  await flag.conclude();
  await flag.say("user", flag.own, "on");
  expect(await flag.seenBy(flag.own)).toBe("treatment");
});

test(says.flag_convert_brake as string, async () => {
  const flag = await aConvertedFlag("user");
  const { admin, database } = world.fixture;
  const pull = (enabled: boolean) => world.flagsAdmin.setEnabled(admin, { slug: flag.slug, enabled });
  const everybody = () => Promise.all([flag.own, flag.member, flag.blocked].map((id) => flag.seenBy(id)));
  const versionOf = async () =>
    (await database.prisma.feature.findUniqueOrThrow({ where: { slug: flag.slug } })).version;
  const had = await everybody();
  const { lifecycle } = world.fixture.module.admin;
  for (const step of ["draft", "start", "pause", "conclude"] as const) {
    const of = { slug: flag.slug, version: await versionOf(), withoutMetric: "A rollout" };
    if (step === "conclude") await lifecycle.conclude(admin, { ...of, winnerVariant: null });
    else if (step !== "draft") await lifecycle.updateStatus(admin, { ...of, action: step });
    await pull(false);
    expect(await everybody(), step).toEqual(["control", "control", "control"]);
    if (step === "draft") {
      const start = { slug: flag.slug, version: await versionOf(), action: "start" as const };
      await expect(lifecycle.updateStatus(admin, start)).rejects.toMatchObject({
        code: "invalid_transition",
      });
    }
    await pull(true);
    expect(await everybody(), step).toEqual(had);
  }
});

test(says.flag_convert_own as string, async () => {
  const flag = await aConvertedFlag("team");
  await world.fixture.database.prisma.membership.createMany({
    data: [flag.own, flag.blocked].flatMap((userId) =>
      [flag.team, flag.otherTeam].map((teamId) => ({ userId, teamId, accepted: true })),
    ),
  });
  await flag.edit({
    variants: [
      { name: "control", percentage: 100 },
      { name: "treatment", percentage: 0 },
    ],
  });
  for (const action of ["start", "pause"] as const) {
    await flag.act(action);
    for (const teamId of [flag.team, flag.otherTeam, null]) {
      expect(await flag.seenBy(flag.own, teamId)).toBe("treatment");
      expect(await flag.seenBy(flag.blocked, teamId)).toBe("control");
    }
  }
});

test(says.flag_convert_nobody as string, async () => {
  const slug = await createFlag(world);
  const { module, admin } = world.fixture;
  const plan = await module.admin.flagMigration.plan(admin, { slug, unit: "user" });
  expect(plan).toMatchObject({ imported: { on: 0, off: 0 }, obstacle: null });
});

test(says.experiment_revert_sentence as string, async () => {
  const flag = await aConvertedFlag("user");
  const { module, admin, database } = world.fixture;
  const seen = () =>
    Promise.all([flag.own, flag.blocked, flag.member, flag.nobody].map((id) => flag.seenBy(id)));
  const had = await seen();
  await flag.act("start");
  await module.results.refresh(admin, flag.slug);
  for (const round of [1, 2]) {
    const { version } = await database.prisma.feature.findUniqueOrThrow({ where: { slug: flag.slug } });
    await module.admin.flagMigration.revert(admin, { slug: flag.slug, version });
    expect(await seen(), `round ${round}`).toEqual(had);
    const left = { where: { experimentSlug: flag.slug } };
    expect(await database.prisma.experimentResult.count(left)).toBe(0);
    expect(await database.prisma.experimentCount.count(left)).toBe(0);
    const plan = await module.admin.flagMigration.plan(admin, { slug: flag.slug, unit: "user" });
    await module.admin.flagMigration.convert(admin, { slug: flag.slug, unit: "user", version: plan.version });
    expect(await seen(), `round ${round}`).toEqual(had);
  }
});
