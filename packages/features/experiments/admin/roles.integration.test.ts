import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  anInput,
  aRunningExperiment,
  createFixture,
  createUser,
  type Fixture,
} from "../testing/database-fixtures";
import type { ExperimentRole, Permission } from "../utils/permissions";

const { connectionString } = await testDatabase();
let fixture: Fixture;
let admin: Fixture["module"]["admin"];

beforeAll(async () => {
  fixture = await createFixture(connectionString);
  admin = fixture.module.admin;
});
afterAll(() => fixture.close());

async function somebodyWith(role: ExperimentRole | null) {
  const userId = await createUser(fixture.database);
  const { email } = await fixture.database.prisma.user.findUniqueOrThrow({ where: { id: userId } });
  if (role !== null) await admin.access.setRole(fixture.admin, { email, role });
  return { userId, email };
}

type Call = (actor: { userId: number | null }) => Promise<unknown>;
type Admin = Fixture["module"]["admin"];
type Method = { [Service in keyof Admin]: `${Service}.${keyof Admin[Service] & string}` }[keyof Admin];

/** The question itself. */
type NotADoor = "access.roleOf" | "access.authorize";

/** Every method of every service, with what it needs. The compiler asks for each of them. */
const calls: Record<Exclude<Method, NotADoor>, [Permission, Call]> = {
  "catalog.list": ["view", (actor) => admin.catalog.list(actor)],
  "catalog.get": ["view", async (actor) => admin.catalog.get(actor, (await anExperiment()).slug)],
  "catalog.readStats": ["view", async (actor) => admin.catalog.readStats(actor, (await anExperiment()).slug)],
  "activity.list": ["view", (actor) => admin.activity.list(actor)],
  "activity.exportCsv": ["view", (actor) => admin.activity.exportCsv(actor)],
  "audience.count": ["view", (actor) => admin.audience.count(actor, { unit: "user", targetingRules: {} })],
  "audience.tryOut": [
    "view",
    async (actor) =>
      admin.audience.tryOut(actor, { slug: (await anExperiment()).slug, subjectId: fixture.admin.userId }),
  ],
  "audience.findTeams": [
    "view",
    (actor) => admin.audience.findTeams(actor, { search: "", ids: [], onlyOrganizations: null }),
  ],
  "audience.findPeople": ["view", (actor) => admin.audience.findPeople(actor, { search: "" })],
  "audience.listAttributes": ["view", (actor) => admin.audience.listAttributes(actor)],
  "planning.forecast": ["view", (actor) => admin.planning.forecast(actor, anInput())],
  "planning.startChecklist": [
    "view",
    async (actor) => admin.planning.startChecklist(actor, (await anExperiment()).slug),
  ],
  "flagMigration.plan": [
    "govern",
    async (actor) => admin.flagMigration.plan(actor, { slug: await aFlag(), unit: "user" }),
  ],
  "flagMigration.convert": [
    "govern",
    async (actor) => admin.flagMigration.convert(actor, { slug: await aFlag(), unit: "user", version: 1 }),
  ],
  "flagMigration.revert": [
    "govern",
    async (actor) => {
      const slug = await aFlag();
      const { version } = await admin.flagMigration.convert(fixture.admin, {
        slug,
        unit: "user",
        version: 1,
      });
      return admin.flagMigration.revert(actor, { slug, version });
    },
  ],
  "editing.create": ["edit", (actor) => admin.editing.create(actor, anInput())],
  "editing.duplicate": [
    "edit",
    async (actor) => {
      const { slug } = await anExperiment();
      return admin.editing.duplicate(actor, { slug, newSlug: `${slug}-again`, name: "Again" });
    },
  ],
  "editing.updateConfig": [
    "edit",
    async (actor) =>
      admin.editing.updateConfig(actor, { ...(await anExperiment()), patch: { name: "Mine" } }),
  ],
  "lifecycle.updateStatus": [
    "run",
    async (actor) => admin.lifecycle.updateStatus(actor, { ...(await anExperiment()), action: "pause" }),
  ],
  "lifecycle.conclude": [
    "decide",
    async (actor) => admin.lifecycle.conclude(actor, { ...(await anExperiment()), winnerVariant: null }),
  ],
  "lifecycle.delete": ["decide", async (actor) => admin.lifecycle.delete(actor, await anExperiment())],
  "access.members": ["govern", (actor) => admin.access.members(actor)],
  "access.setRole": [
    "govern",
    async (actor) => admin.access.setRole(actor, { email: (await somebodyWith(null)).email, role: "viewer" }),
  ],
};

let flags = 0;

async function aFlag() {
  const slug = `a-flag-${++flags}`;
  await fixture.database.prisma.feature.create({ data: { slug } });
  return slug;
}

async function anExperiment() {
  const { slug, version } = await aRunningExperiment(fixture);
  return { slug, version };
}

const permitted: Record<ExperimentRole, Permission[]> = {
  viewer: ["view"],
  editor: ["view", "edit", "run"],
  admin: ["view", "edit", "run", "decide", "govern"],
};

describe.each(Object.entries(permitted) as [ExperimentRole, Permission[]][])("a %s", (role, permissions) => {
  it.each(Object.entries(calls))("meets its role at %s", async (_method, [permission, call]) => {
    const actor = await somebodyWith(role);
    if (permissions.includes(permission)) await call(actor);
    else
      await expect(call(actor)).rejects.toMatchObject({ code: "not_allowed", details: { permission, role } });
  });
});

describe("everybody else", () => {
  it.each(Object.entries(calls))("is refused at %s", async (_method, [, call]) => {
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
