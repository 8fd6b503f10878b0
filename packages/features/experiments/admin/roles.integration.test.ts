import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, describe, expect, it } from "vitest";
import { listAdminDoors } from "../testing/admin-doors";
import {
  anIdentity,
  anInput,
  aRunningExperiment,
  createFixture,
  createUser,
} from "../testing/database-fixtures";
import type { ExperimentRole } from "../types/roles";
import type { Permission } from "../utils/permissions";

const { connectionString } = await testDatabase();
const fixture = await createFixture(connectionString);
const { admin } = fixture.module;
afterAll(() => fixture.close());

async function somebodyWith(role: ExperimentRole | null) {
  const userId = await createUser(fixture.database);
  const { email } = await fixture.database.prisma.user.findUniqueOrThrow({ where: { id: userId } });
  if (role !== null) await admin.access.setRole(fixture.admin, { email, role });
  return { userId, email };
}

let flags = 0;

const doors = listAdminDoors(fixture, {
  experiment: async () => {
    const { slug, version } = await aRunningExperiment(fixture);
    return { slug, version };
  },
  flag: async () => {
    const slug = `a-flag-${++flags}`;
    await fixture.database.prisma.feature.create({ data: { slug } });
    return slug;
  },
});

const permitted: Record<ExperimentRole, Permission[]> = {
  viewer: ["view"],
  editor: ["view", "edit", "run"],
  admin: ["view", "edit", "run", "decide", "govern"],
};

describe.each(Object.entries(permitted) as [ExperimentRole, Permission[]][])("a %s", (role, permissions) => {
  it.each(Object.entries(doors))("meets its role at %s", async (_method, [permission, call]) => {
    const actor = await somebodyWith(role);
    if (permissions.includes(permission)) await call(actor);
    else
      await expect(call(actor)).rejects.toMatchObject({ code: "not_allowed", details: { permission, role } });
  });
});

describe("everybody else", () => {
  it.each(Object.entries(doors))("is refused at %s", async (_method, [, call]) => {
    await expect(call(await somebodyWith(null))).rejects.toMatchObject({ code: "not_allowed" });
    await expect(call({ userId: null })).rejects.toMatchObject({ code: "not_signed_in" });
    await expect(call({ userId: 2_000_000_000 })).rejects.toMatchObject({ code: "not_signed_in" });
  });
});

describe("a role", () => {
  it("ends at the moment it is taken away", async () => {
    const editor = await somebodyWith("editor");
    await admin.editing.create(editor, anInput());
    await admin.access.setRole(fixture.admin, { email: editor.email, role: null });
    await expect(admin.editing.create(editor, anInput())).rejects.toMatchObject({ code: "not_allowed" });
  });

  it("cannot be given to an address that nobody has", async () => {
    await expect(
      admin.access.setRole(fixture.admin, { email: "nobody@test.example", role: "editor" }),
    ).rejects.toMatchObject({ code: "not_found", field: "email" });
  });

  it("is found by its address in any case, and told with who gave it", async () => {
    const { email, userId } = await somebodyWith(null);
    const members = await admin.access.setRole(fixture.admin, { email: email.toUpperCase(), role: "editor" });
    expect(members.find(({ id }) => id === userId)).toMatchObject({
      role: "editor",
      isSystemAdmin: false,
      grantedBy: { id: fixture.admin.userId },
    });
    expect(members.find(({ id }) => id === fixture.admin.userId)).toMatchObject({
      isSystemAdmin: true,
      role: "admin",
    });
  });

  it("leaves its trace in the activity, with who gave it", async () => {
    const { userId } = await somebodyWith("viewer");
    const { entries } = await admin.activity.list(fixture.admin);
    const entry = entries.find(
      ({ tableName, differences }) =>
        tableName === "ExperimentMember" && differences.some(({ after }) => after === userId),
    );
    expect(entry).toMatchObject({
      actor: { id: fixture.admin.userId },
      action: "INSERT",
      slug: null,
      memberName: "Uma",
    });
  });
});

describe("customers", () => {
  it("are named to a viewer at no door: not in lists, searches, results, activity or files", async () => {
    const { database, module } = fixture;
    const mark = "customer.example";
    const { slug, version } = await aRunningExperiment(fixture);
    for (let index = 0; index < 3; index++) {
      const { id: userId } = await database.prisma.user.create({
        data: {
          email: `buyer-${index}@${mark}`,
          name: `Buyer of ${mark}`,
          passwordHash: "-",
          attributes: { alias: `buyer-${index}@${mark}` },
        },
      });
      const identity = { ...anIdentity({ userId }) };
      await module.experiments.decide(identity, [{ slug }]);
      await module.experiments.recordExposures(identity, [{ slug }]);
      await module.experiments.recordConversions(identity, [
        { slug, event: "clicked", key: `mail-to-${mark}` },
      ]);
    }
    await module.recounts.recount(slug, { isPatient: true });
    const viewer = await somebodyWith("viewer");
    const editor = await somebodyWith("editor");
    const more = {
      "catalog.get": (actor: typeof viewer) => admin.catalog.get(actor, slug),
      "catalog.readStats": (actor: typeof viewer) => admin.catalog.readStats(actor, slug),
      "activity of one": (actor: typeof viewer) => admin.activity.list(actor, { slug }),
      "activity as a file": (actor: typeof viewer) => admin.activity.exportCsv(actor, { slug }),
      results: (actor: typeof viewer) => module.results.get(actor, slug),
      "results as CSV": (actor: typeof viewer) => module.results.exportCsv(actor, slug),
      "results as JSON": (actor: typeof viewer) => module.results.exportJson(actor, slug),
      search: (actor: typeof viewer) => admin.audience.findPeople(actor, { search: mark }),
      "search of teams": (actor: typeof viewer) =>
        admin.audience.findTeams(actor, { search: mark, ids: [], onlyOrganizations: null }),
      links: (actor: typeof viewer) => module.previews.listLinks(actor, slug),
      pause: (actor: typeof viewer) =>
        admin.lifecycle.updateStatus(actor, { slug, version, action: "pause" }),
    };
    const answers = await Promise.all(
      [
        ...Object.entries(doors).map(([name, [, call]]) => [name, call] as const),
        ...Object.entries(more),
      ].map(
        async ([name, call]) =>
          [name, JSON.stringify(await call(viewer).catch((refusal: Error) => refusal.message))] as const,
      ),
    );
    expect(answers.filter(([, answer]) => answer?.includes(mark))).toEqual([]);
    // They are there to be found, by who may.
    expect(JSON.stringify(await admin.audience.findPeople(editor, { search: mark }))).toContain(mark);
  });

  it("cannot be guessed by a viewer, by counting whom a rule matches", async () => {
    const viewer = await somebodyWith("viewer");
    const targetingRules = { userAttributes: { email: "buyer-0@customer.example" } };
    for (const guess of [
      () => admin.audience.count(viewer, { unit: "user", targetingRules }),
      () => admin.planning.forecast(viewer, anInput({ targetingRules })),
    ])
      await expect(guess()).rejects.toMatchObject({ code: "not_allowed" });
  });
});

describe("an export", () => {
  it("leaves a line in the activity, with who took what", async () => {
    const { slug } = await aRunningExperiment(fixture);
    const viewer = await somebodyWith("viewer");
    await fixture.module.results.exportCsv(viewer, slug);
    await fixture.module.results.exportJson(viewer, slug);
    await admin.activity.exportCsv(viewer, { slug });
    await admin.activity.exportCsv(viewer, {});
    const { entries } = await admin.activity.list(fixture.admin, { actorId: viewer.userId });
    expect(entries.map(({ action, slug: of, differences }) => [action, of, differences[0]?.after])).toEqual([
      ["EXPORT", null, "activity as CSV"],
      ["EXPORT", slug, "activity as CSV"],
      ["EXPORT", slug, "results as JSON"],
      ["EXPORT", slug, "results as CSV"],
    ]);
  });
});
