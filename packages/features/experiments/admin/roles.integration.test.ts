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
  if (role !== null) await admin.setRole(fixture.admin, { email, role });
  return { userId, email };
}

type Call = (actor: { userId: number | null }) => Promise<unknown>;
type AdminMethod = keyof Fixture["module"]["admin"];

/** What answers for nobody in particular: the question itself, and the timer of a node. */
type NotADoor = "roleOf" | "authorize" | "runSchedule";

/** Every method of the door, with what it needs. The compiler asks for each of them. */
const calls: Record<Exclude<AdminMethod, NotADoor>, [Permission, Call]> = {
  list: ["view", (actor) => admin.list(actor)],
  get: ["view", async (actor) => admin.get(actor, (await anExperiment()).slug)],
  stats: ["view", async (actor) => admin.stats(actor, (await anExperiment()).slug)],
  activity: ["view", (actor) => admin.activity(actor)],
  exportActivity: ["view", (actor) => admin.exportActivity(actor)],
  countAudience: ["view", (actor) => admin.countAudience(actor, { unit: "user", targetingRules: {} })],
  tryOut: [
    "view",
    async (actor) =>
      admin.tryOut(actor, { slug: (await anExperiment()).slug, subjectId: fixture.admin.userId }),
  ],
  findTeams: ["view", (actor) => admin.findTeams(actor, { search: "", ids: [], onlyOrganizations: null })],
  findPeople: ["view", (actor) => admin.findPeople(actor, { search: "" })],
  attributes: ["view", (actor) => admin.attributes(actor)],
  forecast: ["view", (actor) => admin.forecast(actor, anInput())],
  startChecklist: ["view", async (actor) => admin.startChecklist(actor, (await anExperiment()).slug)],
  planFlagMigration: [
    "govern",
    async (actor) => admin.planFlagMigration(actor, { slug: await aFlag(), unit: "user" }),
  ],
  convertFlag: [
    "govern",
    async (actor) => admin.convertFlag(actor, { slug: await aFlag(), unit: "user", version: 1 }),
  ],
  revertFlagMigration: [
    "govern",
    async (actor) => {
      const slug = await aFlag();
      const { version } = await admin.convertFlag(fixture.admin, { slug, unit: "user", version: 1 });
      return admin.revertFlagMigration(actor, { slug, version });
    },
  ],
  create: ["edit", (actor) => admin.create(actor, anInput())],
  duplicate: [
    "edit",
    async (actor) => {
      const { slug } = await anExperiment();
      return admin.duplicate(actor, { slug, newSlug: `${slug}-again`, name: "Again" });
    },
  ],
  updateConfig: [
    "edit",
    async (actor) => admin.updateConfig(actor, { ...(await anExperiment()), patch: { name: "Mine" } }),
  ],
  updateStatus: [
    "run",
    async (actor) => admin.updateStatus(actor, { ...(await anExperiment()), action: "pause" }),
  ],
  conclude: [
    "decide",
    async (actor) => admin.conclude(actor, { ...(await anExperiment()), winnerVariant: null }),
  ],
  delete: ["decide", async (actor) => admin.delete(actor, await anExperiment())],
  members: ["govern", (actor) => admin.members(actor)],
  setRole: [
    "govern",
    async (actor) => admin.setRole(actor, { email: (await somebodyWith(null)).email, role: "viewer" }),
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
    await admin.create(editor, anInput());
    await admin.setRole(fixture.admin, { email: editor.email, role: null });
    await expect(admin.create(editor, anInput())).rejects.toMatchObject({ code: "not_allowed" });
  });

  it("cannot be given to an address that nobody has", async () => {
    await expect(
      admin.setRole(fixture.admin, { email: "nobody@test.example", role: "editor" }),
    ).rejects.toMatchObject({ code: "not_found", field: "email" });
  });

  it("is found by its address in any case, and told with who gave it", async () => {
    const { email, userId } = await somebodyWith(null);
    const members = await admin.setRole(fixture.admin, { email: email.toUpperCase(), role: "editor" });
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
    const { entries } = await admin.activity(fixture.admin);
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
