import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, describe, expect, it } from "vitest";
import { listAdminDoors } from "../testing/admin-doors";
import { anInput, aRunningExperiment, createFixture, createUser } from "../testing/database-fixtures";
import type { ExperimentRole, Permission } from "../utils/permissions";

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
