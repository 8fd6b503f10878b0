import { testDatabase } from "@calcom/embedded-postgres/testing";
import { createDatabase } from "@calcom/prisma";
import type { FeatureType } from "@calcom/prisma/client";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { createAuth } from "../auth/server";
import { createHostIds } from "../experiments/utils";
import { createFlags } from "./create-flags";
import { FlagsRepository } from "./flags.repository";
import { FlagsService } from "./flags.service";
import type { FlagsAdminService } from "./flags-admin.service";
import type { FlagSubjectPage, FlagSubjectRow, Override, SubjectKind } from "./types";

const database = createDatabase(await testDatabase());
const { prisma } = database;
afterAll(() => database.close());

const repository = new FlagsRepository(database);
const auth = createAuth(database);
const { flags, admin } = createFlags({
  database,
  ids: createHostIds(),
  requireAdmin: (id: number | null) => auth.requireAdmin(id),
  former: null,
  isAsked: true,
});

let count = 0;
let slug: string;
let boss: { userId: number };
beforeEach(async () => {
  count += 1;
  slug = `flag-${count}`;
  boss = { userId: await aUser("Boss", "ADMIN") };
});

async function aUser(name = "Ida", role: "USER" | "ADMIN" = "USER"): Promise<number> {
  count += 1;
  const email = `${name.toLowerCase()}-${count}@example.com`;
  return (await prisma.user.create({ data: { email, name, role, passwordHash: "-" } })).id;
}

interface TeamFacts {
  name?: string;
  parentId?: number;
  isOrganization?: boolean;
  members?: number[];
  invited?: number[];
}

async function aTeam({ members = [], invited = [], ...team }: TeamFacts = {}): Promise<number> {
  count += 1;
  const memberships = [
    ...members.map((userId) => ({ userId, accepted: true })),
    ...invited.map((userId) => ({ userId, accepted: false })),
  ];
  const data = { name: "Team", slug: `team-${count}`, ...team, memberships: { create: memberships } };
  return (await prisma.team.create({ data })).id;
}

async function aFlag(enabled: boolean, type: FeatureType = "RELEASE"): Promise<void> {
  await prisma.feature.create({ data: { slug, enabled, type } });
}

async function say(kind: SubjectKind, id: number, enabled: boolean | null): Promise<void> {
  if (enabled === null) return;
  if (kind === "user") await prisma.userFeatures.create({ data: { userId: id, featureId: slug, enabled } });
  else await prisma.teamFeatures.create({ data: { teamId: id, featureId: slug, enabled } });
}

async function subjectRow(kind: SubjectKind, id: number): Promise<FlagSubjectRow | undefined> {
  const search =
    kind === "user"
      ? (await prisma.user.findUniqueOrThrow({ where: { id } })).email
      : (await prisma.team.findUniqueOrThrow({ where: { id } })).slug;
  const { items } = await admin.subjects(boss, { slug, kind, search, limit: 100 });
  return items.find((item) => item.id === id);
}

const overrideOf = (said: boolean | null): Override => (said === null ? "inherit" : said ? "on" : "off");
const states = [true, false, null] as const;
const table = [true, false].flatMap((everybody) =>
  states.flatMap((organization) =>
    states.flatMap((team) =>
      states.map((user) => ({
        user,
        team,
        organization,
        everybody,
        expected: user ?? team ?? organization ?? everybody,
      })),
    ),
  ),
);

describe("resolution", () => {
  test("the nearest of user, team, organization and everybody decides: all 54 combinations", async () => {
    expect(table).toHaveLength(54);
    for (const { user, team, organization, everybody, expected } of table) {
      count += 1;
      slug = `flag-${count}`;
      const userId = await aUser();
      const organizationId = await aTeam({ isOrganization: true });
      const teamId = await aTeam({ parentId: organizationId, members: [userId] });
      await aFlag(everybody);
      await say("team", organizationId, organization);
      await say("team", teamId, team);
      await say("user", userId, user);

      const what = JSON.stringify({ user, team, organization, everybody });
      const [flag] = await repository.resolve({ userId }, [slug]);
      const source =
        user !== null ? "user" : team !== null ? "team" : organization !== null ? "organization" : "global";
      expect(flag, what).toEqual({ slug, enabled: expected, source });
      expect(await flags.isEnabled(slug, { userId, teamId }), what).toBe(expected);
      expect(await flags.isEnabled(slug, { userId: null, teamId }), what).toBe(
        team ?? organization ?? everybody,
      );

      // What the assignment sheet says is what people get.
      expect((await subjectRow("user", userId))?.override, what).toBe(overrideOf(user));
      expect((await subjectRow("user", userId))?.inherited.enabled, what).toBe(
        team ?? organization ?? everybody,
      );
      expect((await subjectRow("team", teamId))?.inherited.enabled, what).toBe(organization ?? everybody);
    }
  }, 60_000);

  test("somebody who joined the organization itself inherits from it", async () => {
    const userId = await aUser();
    const organizationId = await aTeam({ isOrganization: true, members: [userId] });
    await aFlag(false);
    await say("team", organizationId, true);
    const [flag] = await repository.resolve({ userId }, [slug]);
    expect(flag).toEqual({ slug, enabled: true, source: "organization" });
    expect((await subjectRow("user", userId))?.inherited).toEqual({ enabled: true, source: "organization" });
  });

  test("where two teams of one person disagree, on wins, unless one team is asked about", async () => {
    const userId = await aUser();
    const off = await aTeam({ members: [userId] });
    const on = await aTeam({ members: [userId] });
    await aFlag(false);
    await say("team", off, false);
    await say("team", on, true);
    expect(await flags.isEnabled(slug, { userId })).toBe(true);
    expect(await flags.isEnabled(slug, { userId, teamId: off })).toBe(false);
    expect((await subjectRow("user", userId))?.inherited).toEqual({ enabled: true, source: "team" });
  });

  test("an open invitation gives nothing, nor does a team that the user has not joined", async () => {
    const userId = await aUser();
    const invited = await aTeam({ invited: [userId] });
    const foreign = await aTeam();
    await aFlag(false);
    await say("team", invited, true);
    await say("team", foreign, true);
    expect(await flags.isEnabled(slug, { userId })).toBe(false);
    expect(await flags.isEnabled(slug, { userId, teamId: invited })).toBe(false);
    expect(await flags.isEnabled(slug, { userId, teamId: foreign })).toBe(false);
    expect((await subjectRow("user", userId))?.inherited).toEqual({ enabled: false, source: "global" });
  });

  test("somebody who is not signed in gets what holds for everybody", async () => {
    await aFlag(true);
    await say("user", await aUser(), false);
    expect(await flags.mapFor({ userId: null }, [slug])).toEqual({ [slug]: true });
  });

  test("many slugs cost one statement; unknown slugs are absent and off", async () => {
    await aFlag(true);
    const other = `${slug}-b`;
    await prisma.feature.create({ data: { slug: other } });
    let statements = 0;
    const counting = new FlagsRepository({
      ...database,
      pool: new Proxy(database.pool, {
        get(pool, name) {
          if (name !== "query") return Reflect.get(pool, name);
          statements += 1;
          return pool.query.bind(pool);
        },
      }),
    });
    const service = new FlagsService(counting);
    const userId = await aUser();
    expect(await service.mapFor({ userId }, [slug, other, "no-such-flag"])).toEqual({
      [slug]: true,
      [other]: false,
    });
    expect(statements).toBe(1);
    expect(await flags.isEnabled("no-such-flag", { userId })).toBe(false);
  });

  test("the public map holds states only, and no experiment", async () => {
    await aFlag(true);
    const experiment = `${slug}-test`;
    const metadata = { secret: "salt" };
    await prisma.feature.create({
      data: { slug: experiment, type: "EXPERIMENT", description: "secret", metadata },
    });
    await prisma.feature.update({ where: { slug }, data: { description: "secret", metadata } });
    const map = await flags.mapFor({ userId: null });
    expect(map).toHaveProperty(slug, true);
    expect(map).not.toHaveProperty(experiment);
    expect(JSON.stringify(map)).not.toContain("secret");
    expect(await flags.isEnabled(experiment, { userId: null })).toBe(false);
  });
});

describe("assigning", () => {
  test("on, off and inherit each say what they say, and inherit leaves no row", async () => {
    const userId = await aUser();
    const teamId = await aTeam();
    await aFlag(false);
    for (const [kind, id] of [
      ["user", userId],
      ["team", teamId],
    ] as const) {
      for (const override of ["on", "off", "inherit"] as const) {
        await admin.assign(boss, { slug, kind, id, override });
        expect((await subjectRow(kind, id))?.override).toBe(override);
      }
    }
    expect(await prisma.userFeatures.count({ where: { featureId: slug } })).toBe(0);
    expect(await prisma.teamFeatures.count({ where: { featureId: slug } })).toBe(0);
  });

  test("saying the same again writes nothing", async () => {
    const userId = await aUser();
    await aFlag(false);
    await admin.assign(boss, { slug, kind: "user", id: userId, override: "on" });
    await admin.assign(boss, { slug, kind: "user", id: userId, override: "on" });
    const entries = await prisma.auditLog.count({
      where: { tableName: "UserFeatures", rowKey: `${userId}:${slug}` },
    });
    expect(entries).toBe(1);
  });

  test("a subject, or a flag, that has gone is named", async () => {
    await aFlag(false);
    const gone = { slug, kind: "team", id: 2_000_000_000, override: "on" } as const;
    await expect(admin.assign(boss, gone)).rejects.toMatchObject({ code: "subject_not_found" });
    await expect(admin.assign(boss, { ...gone, slug: "no-such-flag" })).rejects.toMatchObject({
      code: "flag_not_found",
    });
  });

  test("pages cover everybody once, in order of name, however much is assigned meanwhile", async () => {
    await aFlag(false);
    const wanted: number[] = [];
    for (const name of ["zoe", "Ann", "ann", "Émile", "Bo"]) wanted.push(await aUser(`${name}${count}pager`));
    const seen: string[] = [];
    let cursor: FlagSubjectPage["nextCursor"] = null;
    do {
      const page = await admin.subjects(boss, { slug, kind: "user", search: "PAGER", limit: 2, cursor });
      for (const item of page.items) {
        seen.push(item.name);
        await admin.assign(boss, { slug, kind: "user", id: item.id, override: "on" });
      }
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toHaveLength(wanted.length);
    expect(new Set(seen).size).toBe(wanted.length);
    expect(seen[0]?.toLowerCase()).toMatch(/^ann/);
  });

  test("a search takes its signs literally, and can be narrowed to those with a row", async () => {
    await aFlag(false);
    const percent = await aTeam({ name: `100% ${slug}` });
    await aTeam({ name: `1000 ${slug}` });
    const search = { slug, kind: "team", limit: 100 } as const;
    const found = await admin.subjects(boss, { ...search, search: "100%" });
    expect(found.items.map(({ id }) => id)).toEqual([percent]);
    expect((await admin.subjects(boss, { ...search, onlyOverridden: true })).items).toEqual([]);
    await say("team", percent, false);
    const overridden = await admin.subjects(boss, { ...search, onlyOverridden: true });
    expect(overridden.items).toMatchObject([{ id: percent, override: "off" }]);
  });
});

describe("flags", () => {
  test("are made switched off, listed, switched, marked and deleted with their rows", async () => {
    await admin.create(boss, { slug, type: "KILL_SWITCH", description: "Stops e-mail" });
    await admin.setEnabled(boss, { slug, enabled: true });
    await admin.setStale(boss, { slug, stale: true });
    await say("user", await aUser(), true);
    await say("team", await aTeam(), false);
    expect((await admin.list(boss, { search: slug })).items.find((flag) => flag.slug === slug)).toEqual({
      slug,
      type: "KILL_SWITCH",
      version: 3,
      enabled: true,
      description: "Stops e-mail",
      stale: true,
      unchangedDays: null,
      updatedAt: expect.any(Date),
      updatedBy: { id: boss.userId, name: "Boss" },
      rollout: null,
      schedule: { planned: 0, dropped: 0, next: null },
      overrides: { on: 1, off: 1 },
      experiment: null,
    });
    expect(await admin.delete(boss, { slug })).toEqual({ overrides: 2 });
    expect(await prisma.userFeatures.count({ where: { featureId: slug } })).toBe(0);
    expect(await prisma.teamFeatures.count({ where: { featureId: slug } })).toBe(0);
    await expect(admin.delete(boss, { slug })).rejects.toMatchObject({ code: "flag_not_found" });
  });

  test("are stale where they are on or off for everybody and unchanged for 90 days, and are found by it", async () => {
    const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
    const make = (name: string, days: number, data: object = {}) =>
      prisma.feature.create({ data: { slug: `${slug}-${name}`, updatedAt: daysAgo(days), ...data } });
    await make("on", 91, { enabled: true });
    await make("off", 120);
    await make("young", 89);
    await make("switch", 400, { type: "KILL_SWITCH" });
    await make("split", 400);
    await make("agreed", 95);
    await make("marked", 1, { stale: true });
    const userId = await aUser();
    for (const [name, enabled] of [
      ["split", true],
      ["agreed", false],
    ] as const)
      await prisma.userFeatures.create({ data: { userId, featureId: `${slug}-${name}`, enabled } });

    const { items, total } = await admin.list(boss, { search: slug, onlyStale: true });
    expect(items.map((flag) => [flag.slug.slice(slug.length + 1), flag.unchangedDays])).toEqual([
      ["agreed", 95],
      ["marked", null],
      ["off", 120],
      ["on", 91],
    ]);
    expect(total).toBe(4);
    expect((await admin.list(boss, { search: slug })).total).toBe(7);

    await admin.setEnabled(boss, { slug: `${slug}-on`, enabled: false });
    expect((await admin.list(boss, { search: `${slug}-on`, onlyStale: true })).items).toEqual([]);
  });

  test("are listed by the page, kill switches first, and searched for every word in slug, name or description", async () => {
    await prisma.$executeRawUnsafe(
      `INSERT INTO "Feature" ("slug", "type", "description", "metadata")
       SELECT 'paged-' || lpad(n::text, 3, '0'), CASE n WHEN 120 THEN 'KILL_SWITCH' ELSE 'RELEASE' END::"FeatureType",
         CASE n WHEN 7 THEN '100 % Ärger' ELSE 'Paged' END, NULL::jsonb
       FROM generate_series(1, 120) AS n
       UNION ALL SELECT 'paged-test', 'EXPERIMENT', NULL, '{"name": "Ärger of experiments"}'`,
    );
    const slugs = async (search: string, page = 1) => {
      const found = await admin.list(boss, { search, page });
      return { ...found, items: found.items.map((flag) => flag.slug) };
    };
    const first = await slugs("paged-");
    expect(first).toMatchObject({ total: 121, page: 1 });
    expect(first.overall).toBeGreaterThanOrEqual(121);
    expect(first.items).toHaveLength(50);
    expect(first.items.slice(0, 2)).toEqual(["paged-120", "paged-001"]);
    const last = await slugs("paged-", 3);
    expect(last.items).toHaveLength(21);
    expect(last.items.at(-1)).toBe("paged-test");
    expect(await slugs("paged-", 99)).toEqual(last);
    expect((await slugs("ärger PAGED")).items).toEqual(["paged-007", "paged-test"]);
    expect((await slugs("100 % paged")).items).toEqual(["paged-007"]);
    expect((await slugs("ärger of releases")).items).toEqual([]);
    await prisma.feature.deleteMany({
      where: { slug: { startsWith: "paged-" }, type: { not: "EXPERIMENT" } },
    });
  });

  test("a slug that is taken, or was an experiment's, is refused at its field", async () => {
    await aFlag(true);
    const again = admin.create(boss, { slug, type: "RELEASE", description: "" });
    await expect(again).rejects.toMatchObject({ code: "slug_taken", field: "slug" });
    await prisma.feature.update({ where: { slug }, data: { type: "EXPERIMENT" } });
    await prisma.feature.delete({ where: { slug } });
    const reused = admin.create(boss, { slug, type: "RELEASE", description: "" });
    await expect(reused).rejects.toMatchObject({ code: "slug_taken", field: "slug" });
    expect(await prisma.feature.count({ where: { slug } })).toBe(0);
  });

  test("an experiment is listed with its name and status, never with its configuration", async () => {
    await aFlag(false, "EXPERIMENT");
    const find = async () =>
      (await admin.list(boss, { search: slug })).items.find((flag) => flag.slug === slug);
    expect((await find())?.experiment).toEqual({ name: slug, status: "draft", damage: null });
    await prisma.feature.update({
      where: { slug },
      data: { metadata: { status: "nonsense", salt: "secret" } },
    });
    expect((await find())?.experiment).toMatchObject({
      status: "draft",
      damage: expect.stringContaining("can’t be read"),
    });
    expect(JSON.stringify(await find())).not.toContain("secret");
  });

  test("an experiment is refused wherever a plain flag is meant, and stays as it was", async () => {
    await aFlag(true, "EXPERIMENT");
    const userId = await aUser();
    await say("user", userId, true);
    const before = await prisma.feature.findUnique({ where: { slug } });
    const attempts = [
      admin.setEnabled(boss, { slug, enabled: false }),
      admin.setStale(boss, { slug, stale: true }),
      admin.setRollout(boss, { slug, rollout: { percentage: 10, unit: "user" } }),
      admin.delete(boss, { slug }),
      admin.subjects(boss, { slug, kind: "user" }),
      admin.assign(boss, { slug, kind: "user", id: await aUser(), override: "on" }),
      admin.assign(boss, { slug, kind: "user", id: userId, override: "inherit" }),
    ];
    for (const attempt of await Promise.allSettled(attempts)) {
      expect(attempt).toMatchObject({
        status: "rejected",
        reason: { code: "is_experiment", message: expect.stringContaining("turn it off on its own page") },
      });
    }
    expect(await prisma.feature.findUnique({ where: { slug } })).toEqual(before);
    expect(await prisma.userFeatures.findMany({ where: { featureId: slug } })).toMatchObject([{ userId }]);
  });
});

describe("who may", () => {
  const calls = {
    list: (actor) => admin.list(actor),
    setEnabled: (actor) => admin.setEnabled(actor, { slug, enabled: true }),
    setStale: (actor) => admin.setStale(actor, { slug, stale: true }),
    setRollout: (actor) => admin.setRollout(actor, { slug, rollout: null }),
    create: (actor) => admin.create(actor, { slug: `${slug}-new`, type: "RELEASE", description: "" }),
    delete: (actor) => admin.delete(actor, { slug }),
    subjects: (actor) => admin.subjects(actor, { slug, kind: "user" }),
    assign: (actor) => admin.assign(actor, { slug, kind: "user", id: boss.userId, override: "on" }),
  } satisfies { [Call in keyof FlagsAdminService]: (actor: { userId: number | null }) => Promise<unknown> };

  test.each(Object.entries(calls))(
    "%s is for those who are administrators at this moment",
    async (_name, call) => {
      await aFlag(false);
      await expect(call({ userId: null })).rejects.toMatchObject({ kind: "unauthorized" });
      await expect(call({ userId: await aUser() })).rejects.toMatchObject({ kind: "forbidden" });
      await prisma.user.update({ where: { id: boss.userId }, data: { role: "USER" } });
      await expect(call(boss)).rejects.toMatchObject({ kind: "forbidden" });

      const written = {
        tableName: { in: ["Feature", "UserFeatures"] },
        rowKey: { contains: slug },
        action: { not: "INSERT" },
      };
      expect(await prisma.auditLog.count({ where: written })).toBe(0);
      expect(await prisma.userFeatures.count({ where: { featureId: slug } })).toBe(0);
      expect(await prisma.feature.count({ where: { slug: `${slug}-new` } })).toBe(0);

      await prisma.user.update({ where: { id: boss.userId }, data: { role: "ADMIN" } });
      await expect(call(boss)).resolves.not.toThrow();
    },
  );
});

test("the audit log names who made each change, and the name stays on no connection", async () => {
  const userId = await aUser();
  const teamId = await aTeam();
  await admin.create(boss, { slug, type: "RELEASE", description: "" });
  await admin.setEnabled(boss, { slug, enabled: true });
  await admin.setEnabled(boss, { slug, enabled: true });
  await admin.assign(boss, { slug, kind: "user", id: userId, override: "on" });
  await admin.assign(boss, { slug, kind: "user", id: userId, override: "inherit" });
  await admin.assign(boss, { slug, kind: "team", id: teamId, override: "off" });
  await admin.delete(boss, { slug });

  const entries = await prisma.auditLog.findMany({
    where: { rowKey: { in: [slug, `${userId}:${slug}`, `${teamId}:${slug}`] } },
    orderBy: { id: "asc" },
    select: { actorId: true, tableName: true, action: true },
  });
  const actorId = boss.userId;
  expect(entries.slice(0, 5)).toEqual([
    { actorId, tableName: "Feature", action: "INSERT" },
    { actorId, tableName: "Feature", action: "UPDATE" },
    { actorId, tableName: "UserFeatures", action: "INSERT" },
    { actorId, tableName: "UserFeatures", action: "DELETE" },
    { actorId, tableName: "TeamFeatures", action: "INSERT" },
  ]);
  // The rows go with their flag, in an order that is the database's business.
  expect(
    entries
      .slice(5)
      .map(({ tableName }) => tableName)
      .toSorted(),
  ).toEqual(["Feature", "TeamFeatures"]);
  expect(entries.every((entry) => entry.actorId === actorId)).toBe(true);

  await prisma.feature.create({ data: { slug: `${slug}-raw` } });
  const raw = await prisma.auditLog.findFirst({ where: { rowKey: `${slug}-raw` } });
  expect(raw).toMatchObject({ actorId: null });
});

test("a flag that was changed since somebody saw it is neither turned on nor marked, and is turned off all the same", async () => {
  await admin.create(boss, { slug, type: "KILL_SWITCH", description: "" });
  const read = async () =>
    (await admin.list(boss, { search: slug })).items.find((flag) => flag.slug === slug);
  const seen = await read();
  const version = seen?.version ?? 0;
  // Somebody turns it on, and off again in a hurry.
  await admin.setEnabled(boss, { slug, enabled: true, version });
  await admin.setEnabled(boss, { slug, enabled: false, version });
  const changed = { text: "{{who}} changed {{what}} in the meantime.", values: { what: slug } };
  const stale = { code: "stale_flag", details: { changed } };
  await expect(admin.setEnabled(boss, { slug, enabled: true, version })).rejects.toMatchObject(stale);
  await expect(admin.setStale(boss, { slug, stale: true, version })).rejects.toMatchObject(stale);
  expect(await read()).toMatchObject({ enabled: false, stale: false });
  // What is so already is no conflict, whoever has done it.
  await admin.setEnabled(boss, { slug, enabled: false, version });
  await admin.setStale(boss, { slug, stale: false, version });
  const now = (await read())?.version ?? 0;
  const attempts = await Promise.allSettled([
    admin.setStale(boss, { slug, stale: true, version: now }),
    admin.setEnabled(boss, { slug, enabled: true, version: now }),
  ]);
  expect(attempts.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
});
