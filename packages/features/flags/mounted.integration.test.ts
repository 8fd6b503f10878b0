import { randomUUID } from "node:crypto";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { reviveDates } from "@calcom/lib/dated-json";
import pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { FOREIGN_SETTINGS, installInForeignHost } from "../experiments/testing/foreign-host";
import type { HostId } from "../experiments/types";
import { createExperiments } from "./next";
import type { FlagPage, FlagSubjectPage, ScheduledChange } from "./types";

type IdType = "integer" | "bigint" | "uuid" | "text";
/** Each type of a user's id, with another one of a team's. */
const KINDS: [users: IdType, teams: IdType][] = [
  ["text", "uuid"],
  ["uuid", "integer"],
  ["integer", "text"],
  ["bigint", "bigint"],
];
/** Times of a host have no zone, and are in UTC. */
const ZONE = "America/New_York";

/** An application that has mounted the administration, as one of its people meets it. */
async function mount([users, teams]: [users: IdType, teams: IdType], settings: Settings) {
  const { connectionString } = await testDatabase({ isEmpty: true });
  const host = new pg.Pool({ connectionString });
  const ids = { users, teams };
  await installInForeignHost(host, { ...FOREIGN_SETTINGS, ids, flags: settings.flags });
  await host.query(
    `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET timezone = ''${ZONE}''', current_database()); END $$`,
  );
  const mounted = createExperiments({
    database: { url: connectionString },
    ids,
    secrets: ["a-secret-of-the-tests-0123456789abcd"],
    userOf: (headers) => headers.get("x-user"),
    ...(settings.areFlagsAsked === undefined ? {} : { areFlagsAsked: settings.areFlagsAsked }),
    decisionBudgetMs: 10_000,
    isJob: true,
  });
  const addPerson = async (isStaff = false, name: string | null = "Uma"): Promise<HostId> => {
    const { rows } = await host.query(
      "INSERT INTO people (mail, full_name, is_staff) VALUES ($1, $2, $3) RETURNING person_id",
      [`${randomUUID()}@new.example`, name, isStaff],
    );
    return rows[0].person_id;
  };
  const addTeam = async (...members: HostId[]): Promise<HostId> => {
    const { rows } = await host.query("INSERT INTO accounts (title) VALUES ('Acme') RETURNING id");
    for (const member of members) await host.query("INSERT INTO seats VALUES ($1, $2)", [member, rows[0].id]);
    return rows[0].id;
  };
  const ask = async (userId: HostId | null, procedure: string, input: object) => {
    const response = await mounted.handler.POST(
      new Request(`https://host.example/api/experiments/admin/${procedure}`, {
        method: "POST",
        body: JSON.stringify(input),
        headers: {
          "content-type": "application/json",
          "sec-fetch-site": "same-origin",
          ...(userId === null ? {} : { "x-user": String(userId) }),
        },
      }),
    );
    const said = await response.json();
    const answer = response.ok ? reviveDates(said) : said;
    return { status: response.status, answer: answer as never };
  };
  const staff = await addPerson(true, "Stella");
  /** As somebody of the staff does it. */
  const act = async <Answer>(procedure: string, input: object): Promise<Answer> => {
    const { status, answer } = await ask(staff, procedure, input);
    expect({ procedure, status, answer }).toMatchObject({ status: 200 });
    return answer as Answer;
  };
  const refuse = async (procedure: string, input: object, code: string) => {
    const { answer } = await ask(staff, procedure, input);
    expect({ procedure, answer }).toMatchObject({ answer: { failure: { app: { code } } } });
  };
  const findFlag = async (slug: string) => {
    const { items } = await act<FlagPage>("flags.list", { search: slug });
    return items.find((flag) => flag.slug === slug);
  };
  const countEntries = async (slug: string): Promise<number> => {
    const { rows } = await host.query(
      `SELECT count(*)::int AS n FROM experiments."AuditLog"
       WHERE ("rowKey" = $1 OR "rowKey" LIKE '%:' || $1) AND "actorId" = $2`,
      [slug, staff],
    );
    return rows[0].n;
  };
  const close = async () => {
    await mounted.close();
    await host.end();
  };
  return { host, mounted, staff, addPerson, addTeam, ask, act, refuse, findFlag, countEntries, close };
}

interface Settings {
  flags: string | null;
  areFlagsAsked?: boolean;
}
type Mounted = Awaited<ReturnType<typeof mount>>;

let open: Mounted | undefined;
const mountOne = async (...of: Parameters<typeof mount>): Promise<Mounted> => {
  await open?.close();
  open = await mount(...of);
  return open;
};
afterAll(() => open?.close());

/** From a plan to what came of it, without waiting for its time. */
async function runPlanned({ host, mounted }: Mounted) {
  await host.query(`UPDATE experiments."ScheduledFlagChange" SET "at" = now() - interval '1 minute'`);
  return mounted.runFlagSchedule();
}

describe.each(KINDS)("in an application whose ids are %s, and those of teams %s", (users, teams) => {
  test("the flags of the module are administered as here, and its code asks for them", async () => {
    const app = await mountOne([users, teams], { flags: null });
    const { act, mounted } = app;
    expect(await act("flags.list", {})).toMatchObject({
      items: [],
      abilities: { areOwn: true, areManaged: true, areAssigned: true },
    });
    for (const [slug, type] of [
      ["a-release", "RELEASE"],
      ["z-brake", "KILL_SWITCH"],
    ])
      await act("flags.create", { slug, type, description: "The booking page rewritten" });
    const { items } = await act<FlagPage>("flags.list", {});
    expect(items.map(({ slug }) => slug)).toEqual(["z-brake", "a-release"]);
    expect(await act("flags.list", { search: "booking release" })).toMatchObject({ total: 1, overall: 2 });

    const [userId, other] = [await app.addPerson(), await app.addPerson()];
    const teamId = await app.addTeam(other);
    const isOn = (id: HostId) => mounted.flags().isEnabled("a-release", { userId: id });
    await act("flags.assign", { slug: "a-release", kind: "team", id: teamId, override: "on" });
    expect([await isOn(userId), await isOn(other)]).toEqual([false, true]);
    await act("flags.setEnabled", { slug: "a-release", enabled: true });
    await act("flags.assign", { slug: "a-release", kind: "user", id: userId, override: "off" });
    expect([await isOn(userId), await isOn(other)]).toEqual([false, true]);
    const share = { percentage: 0.01, unit: "user" };
    await act("flags.setRollout", { slug: "a-release", rollout: share });
    const { items: people } = await act<FlagSubjectPage>("flags.subjects", {
      slug: "a-release",
      kind: "user",
    });
    expect(people.find(({ id }) => id === userId)).toMatchObject({ override: "off" });
    expect(people.find(({ id }) => id === other)?.inherited).toEqual({ enabled: true, source: "team" });
    expect(people.find(({ id }) => id === app.staff)?.inherited.source).toBe("rollout");
    expect(await app.findFlag("a-release")).toMatchObject({
      rollout: share,
      overrides: { on: 1, off: 1 },
      updatedBy: { id: app.staff, name: "Stella" },
    });

    await act("flags.schedule.add", {
      slug: "a-release",
      at: "2090-01-01T08:00:00Z",
      change: { kind: "off" },
    });
    expect(await runPlanned(app)).toEqual([{ slug: "a-release", step: "off", dropped: null }]);
    expect(await app.findFlag("a-release")).toMatchObject({ enabled: false });
    expect(await app.countEntries("a-release")).toBeGreaterThanOrEqual(6);
    await act("flags.setRollout", { slug: "a-release", rollout: null });
    expect(await act("flags.delete", { slug: "a-release" })).toEqual({ overrides: 2 });
    for (const subject of [
      { kind: "user", id: users === "text" ? "a".repeat(300) : "nobody's" },
      { kind: "team", id: teams === "text" ? "a".repeat(300) : "nobody's" },
    ])
      expect(
        (await app.ask(app.staff, "flags.assign", { slug: "z-brake", ...subject, override: "on" })).status,
      ).toBe(400);
  });

  test("the application's own flags are seen, switched, planned and converted, and nothing else is done to them", async () => {
    const app = await mountOne([users, teams], { flags: "public" });
    const { host, act, refuse } = app;
    expect(await act("flags.list", {})).toMatchObject({
      total: 3,
      abilities: { areOwn: false, areManaged: false, areAssigned: false },
    });
    // It has no type, is neither on nor off, and its time has no zone.
    expect(await app.findFlag("old-flag")).toMatchObject({
      type: "RELEASE",
      enabled: false,
      stale: false,
      updatedAt: new Date("2026-01-01T00:00:00Z"),
      overrides: { on: 2, off: 0 },
    });
    const entries = await app.countEntries("old-flag");
    await act("flags.setEnabled", { slug: "old-flag", enabled: true });
    await act("flags.setStale", { slug: "old-flag", stale: true });
    expect(await app.countEntries("old-flag")).toBe(entries + 2);
    const { rows } = await host.query(
      `SELECT enabled, stale, abs(extract(epoch FROM now() - "updatedAt" AT TIME ZONE 'UTC')) < 60 AS "isNow", tier
       FROM "Feature" WHERE slug = 'old-flag'`,
    );
    expect(rows).toEqual([{ enabled: true, stale: true, isNow: true, tier: 1 }]);
    await host.query(`UPDATE "Feature" SET "lastUsedAt" = now(), enabled = false WHERE slug = 'old-flag'`);
    const { rows: all } = await host.query(
      `SELECT count(*)::int AS n FROM experiments."AuditLog" WHERE "rowKey" = 'old-flag'`,
    );
    expect(all[0].n).toBe(entries + 2);

    const { items } = await act<FlagSubjectPage>("flags.subjects", {
      slug: "old-flag",
      kind: "user",
      onlyOverridden: true,
    });
    expect(items).toMatchObject([{ override: "on" }, { override: "on" }]);
    const someone = await app.addPerson();
    await refuse(
      "flags.assign",
      { slug: "old-flag", kind: "user", id: someone, override: "on" },
      "not_managed",
    );
    await refuse(
      "flags.setRollout",
      { slug: "old-flag", rollout: { percentage: 5, unit: "user" } },
      "not_managed",
    );
    await refuse("flags.create", { slug: "a-new-one", type: "RELEASE", description: "" }, "not_managed");
    await refuse("flags.delete", { slug: "old-flag" }, "not_managed");
    const plan = { slug: "old-flag", at: "2090-01-01T08:00:00Z" };
    const share = { kind: "rollout", rollout: { percentage: 5, unit: "user" } };
    await refuse("flags.schedule.add", { ...plan, change: share }, "not_managed");

    await act("flags.schedule.add", { ...plan, change: { kind: "on" } });
    const { changes } = await act<{ changes: ScheduledChange[] }>("flags.schedule.list", {
      slug: "old-flag",
    });
    const [{ id, version } = { id: 0, version: 0 }] = changes;
    await refuse("flags.schedule.update", { ...plan, id, version, change: share }, "not_managed");
    expect(await runPlanned(app)).toEqual([{ slug: "old-flag", step: "on", dropped: null }]);
    expect(await app.findFlag("old-flag")).toMatchObject({ enabled: true });
    await act("flags.schedule.add", { ...plan, change: { kind: "off" } });
    // By the application, which does not know of plans.
    await host.query(`UPDATE "Feature" SET enabled = NULL WHERE slug = 'old-flag'`);
    expect(await app.findFlag("old-flag")).toMatchObject({ schedule: { planned: 0, dropped: 1 } });

    const asked = { slug: "old-flag", unit: "user" };
    const draft = await act<{ version: number }>("flagMigration.plan", asked);
    const converted = await act<{ version: number }>("flagMigration.convert", {
      ...asked,
      version: draft.version,
    });
    expect(await app.findFlag("old-flag")).toMatchObject({
      experiment: { status: "draft", flag: { areRowsOpen: true } },
    });
    await act("flags.setEnabled", { slug: "old-flag", enabled: false });
    const off = await act<{ version: number }>("get", { slug: "old-flag" });
    expect(off.version).toBeGreaterThan(converted.version);
    await act("flagMigration.revert", { slug: "old-flag", version: off.version });
    expect(await app.findFlag("old-flag")).toMatchObject({ experiment: null, enabled: false });
  });

  test("where its code asks here, the application's flags have shares; what its tables do not take is not offered", async () => {
    const app = await mountOne([users, teams], { flags: "public", areFlagsAsked: true });
    const abilities = { areOwn: false, areManaged: true, areAssigned: false };
    expect(await app.act("flags.list", {})).toMatchObject({ abilities });
    await app.act("flags.setRollout", { slug: "dark-mode", rollout: { percentage: 0.01, unit: "user" } });
    const userId = await app.addPerson();
    expect(await app.mounted.flags().isEnabled("dark-mode", { userId })).toBe(false);
    await app.refuse(
      "flags.assign",
      { slug: "dark-mode", kind: "user", id: userId, override: "on" },
      "not_managed",
    );
    // Its rows need no more than what is known here.
    for (const table of ["UserFeatures", "TeamFeatures"])
      await app.host.query(`ALTER TABLE "${table}" ALTER "updatedAt" SET DEFAULT now(), DROP COLUMN "assignedBy",
        ADD COLUMN "assignedBy" ${users}`);
    expect(await app.act("flags.list", {})).toMatchObject({ abilities: { ...abilities, areAssigned: true } });
    await app.act("flags.assign", { slug: "dark-mode", kind: "user", id: userId, override: "on" });
    expect(await app.mounted.flags().mapFor({ userId }, ["dark-mode", "old-flag"])).toEqual({
      "dark-mode": true,
      "old-flag": false,
    });
    expect(await app.countEntries("dark-mode")).toBe(2);
  });
});

test("people without a name come after all others, page by page, each once", async () => {
  const app = await mountOne(["uuid", "uuid"], { flags: null });
  await app.act("flags.create", { slug: "a-flag", type: "RELEASE", description: "" });
  for (const name of ["Zoe", "ann", "Ben"]) await app.addPerson(false, name);
  for (let count = 0; count < 5; count++) await app.addPerson(false, null);
  const seen: string[] = [];
  let cursor: FlagSubjectPage["nextCursor"] = null;
  do {
    const page: FlagSubjectPage = await app.act("flags.subjects", {
      slug: "a-flag",
      kind: "user",
      limit: 2,
      cursor,
    });
    seen.push(...page.items.map(({ name, id }) => (name === id ? "nameless" : name)));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(seen).toEqual(["ann", "Ben", "Stella", "Zoe", ...Array(5).fill("nameless")]);
});

test("whoever is no administrator of the application is refused by each procedure, before the input is looked at", async () => {
  const app = await mountOne(["text", "text"], { flags: null });
  const viewer = await app.addPerson();
  await app.host.query(`INSERT INTO experiments."ExperimentMember" ("userId", "role") VALUES ($1, 'ADMIN')`, [
    viewer,
  ]);
  const procedures = [
    "list",
    "setEnabled",
    "setStale",
    "setRollout",
    "create",
    "delete",
    "subjects",
    "assign",
  ];
  const plans = ["list", "add", "update", "remove"].map((name) => `schedule.${name}`);
  for (const name of [...procedures, ...plans])
    for (const [userId, status] of [
      [viewer, 403],
      [await app.addPerson(), 403],
      [null, 401],
    ] as const)
      expect({ name, ...(await app.ask(userId, `flags.${name}`, { no: "such input" })) }).toMatchObject({
        status,
      });
});
