import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createFixture, createUser, type Fixture } from "../testing/database-fixtures";
import { MAX_VIEWS } from "../types/views";

const { connectionString } = await testDatabase();
let fixture: Fixture;
let views: Fixture["module"]["admin"]["views"];
beforeAll(async () => {
  fixture = await createFixture(connectionString);
  ({ views } = fixture.module.admin);
});
afterAll(() => fixture.close());

async function aPerson(role: "VIEWER" | "EDITOR" | null = "VIEWER") {
  const userId = await createUser(fixture.database);
  if (role !== null) await fixture.database.prisma.experimentMember.create({ data: { userId, role } });
  return { userId };
}

it("a view comes back as it was saved, is replaced by its name, and goes when it is deleted", async () => {
  const actor = await aPerson();
  const mine = { name: "Mine", filter: { ownerId: actor.userId, status: "running", sort: "name" } } as const;
  expect(await views.save(actor, mine)).toEqual([mine]);
  const other = { name: "Flow", filter: { search: "flow", needsAttention: true, unit: "team" } } as const;
  expect(await views.save(actor, other)).toEqual([mine, other]);
  const replaced = { name: "Mine", filter: { ownerId: actor.userId } };
  expect(await views.save(actor, replaced)).toEqual([replaced, other]);
  expect(await views.delete(actor, "Mine")).toEqual([other]);
  expect(await views.list(actor)).toEqual([other]);
});

it("a view is its person's alone, whatever its name", async () => {
  const [one, other] = [await aPerson(), await aPerson("EDITOR")];
  const view = { name: "Same name", filter: { status: "draft" } } as const;
  await views.save(one, view);
  expect(await views.list(other)).toEqual([]);
  await views.save(other, { name: "Same name", filter: {} });
  await views.delete(other, "Same name");
  expect(await views.list(one)).toEqual([view]);
});

it("only people with a role have views", async () => {
  const nobody = await aPerson(null);
  const refused = { code: "not_allowed" };
  await expect(views.list(nobody)).rejects.toMatchObject(refused);
  await expect(views.save(nobody, { name: "Mine", filter: {} })).rejects.toMatchObject(refused);
  await expect(views.delete(nobody, "Mine")).rejects.toMatchObject(refused);
  await expect(views.list({ userId: null })).rejects.toMatchObject({ code: "not_signed_in" });
});

it("nobody has more than so many, and can still replace one of them", async () => {
  const actor = await aPerson();
  for (let index = 0; index < MAX_VIEWS; index++)
    await views.save(actor, { name: `View ${index}`, filter: {} });
  await expect(views.save(actor, { name: "One more", filter: {} })).rejects.toMatchObject({
    code: "invalid_config",
    message: `You can save ${MAX_VIEWS} views. Delete one first.`,
  });
  expect(await views.save(actor, { name: "View 0", filter: { status: "off" } })).toHaveLength(MAX_VIEWS);
});

it("what was edited into no filter is left out, and an owner who is gone no longer filters", async () => {
  const actor = await aPerson();
  const owner = await createUser(fixture.database);
  await views.save(actor, { name: "Theirs", filter: { ownerId: owner } });
  await views.save(actor, { name: "Edited", filter: {} });
  await fixture.database.pool.query(
    `UPDATE "ExperimentView" SET "filter" = '{"status": "dancing"}' WHERE "name" = 'Edited'`,
  );
  await fixture.database.prisma.user.delete({ where: { id: owner } });
  expect(await views.list(actor)).toEqual([{ name: "Theirs", filter: {} }]);
});

it("nobody has more than so many, also where several are saved at the same time", async () => {
  const actor = await aPerson();
  const saved = await Promise.allSettled(
    Array.from({ length: MAX_VIEWS + 3 }, (_, n) => views.save(actor, { name: `View ${n}`, filter: {} })),
  );
  expect(saved.filter(({ status }) => status === "rejected")).toHaveLength(3);
  expect(await views.list(actor)).toHaveLength(MAX_VIEWS);
});
