import { randomUUID } from "node:crypto";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { anInput, createFixture, createUser, type Fixture } from "../testing/database-fixtures";
import { MAX_CHECKLIST_ITEMS } from "../types/checklist";

const { connectionString } = await testDatabase();
let fixture: Fixture;

beforeAll(async () => {
  fixture = await createFixture(connectionString);
});
afterEach(() => fixture.database.pool.query(`DELETE FROM "ExperimentChecklistItem"`));
afterAll(() => fixture.close());

const draft = () => fixture.module.admin.editing.create(fixture.admin, anInput());

async function addItem(text = "Told the support team"): Promise<string> {
  const items = await fixture.module.admin.checklist.add(fixture.admin, text);
  return items.at(-1)?.id ?? "";
}

const refused = {
  code: "invalid_config",
  field: "checklist",
  message: "Check off these checklist items before the start: Told the support team.",
};

describe("an item that is open keeps an experiment from starting", () => {
  test("by a person", async () => {
    await addItem();
    const { slug, version } = await draft();
    const { lifecycle } = fixture.module.admin;
    await expect(
      lifecycle.updateStatus(fixture.admin, { slug, version, action: "start" }),
    ).rejects.toMatchObject(refused);
  });

  test("by its schedule, which starts it as soon as the item is checked", async () => {
    const itemId = await addItem();
    const { slug } = await draft();
    await fixture.database.pool.query(
      `UPDATE "Feature" SET "metadata" = jsonb_set("metadata", '{schedule,startAt}', '"2020-01-01T00:00:00.000Z"') WHERE "slug" = $1`,
      [slug],
    );
    const started = async () => (await fixture.module.schedule.runDue()).some((step) => step.slug === slug);
    expect(await started()).toBe(false);
    await fixture.module.admin.checklist.check(fixture.admin, { slug, itemId, isChecked: true });
    expect(await started()).toBe(true);
  });
});

test("whoever checks an item is recorded, with when, in the review and in the audit log", async () => {
  const itemId = await addItem();
  const { slug, version } = await draft();
  const { checklist, planning, lifecycle } = fixture.module.admin;
  const open = await planning.startChecklist(fixture.admin, slug);
  expect(open.items).toEqual([{ id: itemId, text: "Told the support team", checked: null }]);
  const [checked] = await checklist.check(fixture.admin, { slug, itemId, isChecked: true });
  expect(checked).toMatchObject({ checked: { by: "Ada", at: expect.any(Date) } });
  const { rows } = await fixture.database.pool.query(
    `SELECT "action", "actorId" FROM "AuditLog" WHERE "tableName" = 'ExperimentCheck' AND "rowKey" = $1`,
    [`${slug}:${itemId}`],
  );
  expect(rows).toEqual([{ action: "INSERT", actorId: fixture.admin.userId }]);
  await lifecycle.updateStatus(fixture.admin, { slug, version, action: "start" });
  await expect(checklist.check(fixture.admin, { slug, itemId, isChecked: false })).rejects.toMatchObject({
    code: "locked_field",
  });
});

test("a check can be taken back, belongs to one experiment, and does not go over to its copy", async () => {
  const itemId = await addItem();
  const [one, other] = [await draft(), await draft()];
  const { checklist, editing, planning } = fixture.module.admin;
  await checklist.check(fixture.admin, { slug: one.slug, itemId, isChecked: true });
  const newSlug = `${one.slug}-again`;
  await editing.duplicate(fixture.admin, { slug: one.slug, newSlug, name: "Again" });
  for (const slug of [other.slug, newSlug])
    expect((await planning.startChecklist(fixture.admin, slug)).items).toMatchObject([{ checked: null }]);
  const [taken] = await checklist.check(fixture.admin, { slug: one.slug, itemId, isChecked: false });
  expect(taken?.checked).toBeNull();
});

test("an item that somebody removes meanwhile is checked by nobody, and keeps nothing from starting", async () => {
  const itemId = await addItem();
  const { slug, version } = await draft();
  const { checklist, lifecycle } = fixture.module.admin;
  expect(await checklist.remove(fixture.admin, itemId)).toEqual([]);
  expect(await checklist.check(fixture.admin, { slug, itemId, isChecked: true })).toEqual([]);
  await lifecycle.updateStatus(fixture.admin, { slug, version, action: "start" });
});

test("a check stays without a name once the account is gone", async () => {
  const itemId = await addItem();
  const { slug } = await draft();
  const userId = await createUser(fixture.database);
  await fixture.database.prisma.experimentMember.create({ data: { userId, role: "EDITOR" } });
  await fixture.module.admin.checklist.check({ userId }, { slug, itemId, isChecked: true });
  await fixture.database.prisma.user.delete({ where: { id: userId } });
  const { items } = await fixture.module.admin.planning.startChecklist(fixture.admin, slug);
  expect(items).toMatchObject([{ checked: { by: null } }]);
});

test("there are so many items at most", async () => {
  for (let n = 0; n < MAX_CHECKLIST_ITEMS; n++) await addItem(`Item ${n}`);
  await expect(addItem("One more")).rejects.toMatchObject({ code: "invalid_config", field: "text" });
});

test("a variant counts as previewed once somebody has opened it, by a link or by choosing it", async () => {
  const { slug } = await draft();
  const { previews, admin } = fixture.module;
  const unseen = async () => {
    const { checks } = await admin.planning.startChecklist(fixture.admin, slug);
    return checks.find(({ id }) => id === "previews");
  };
  expect(await unseen()).toMatchObject({ state: "warning", unseen: ["control", "urgent"] });
  const viewer = { ...fixture.admin, cookie: undefined };
  await previews.choose(viewer, { slug, variant: "urgent" });
  const { links } = await previews.mintLinks(fixture.admin, { slug, days: 1 });
  const control = links.find(({ variant }) => variant === "control");
  expect(await unseen()).toMatchObject({ unseen: ["control"] });
  await previews.enter({ userId: null, cookie: undefined }, new URLSearchParams(control?.query));
  expect(await unseen()).toEqual({ id: "previews", state: "ok", unseen: [] });
  await expect(previews.choose(viewer, { slug: randomUUID(), variant: "urgent" })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("those that run for the same participants are named, and those that a group keeps apart are not", async () => {
  const group = (from: number, to: number) => ({
    exclusionGroups: [{ name: `group-${Date.now()}`.slice(0, 20), ranges: [{ from, to }] }],
  });
  const { editing, lifecycle, planning } = fixture.module.admin;
  const apart = group(0, 50);
  const started = await editing.create(fixture.admin, anInput({ name: "Beside", ...apart }));
  await lifecycle.updateStatus(fixture.admin, { ...started, action: "start" });
  const overlap = async (changes: object) => {
    const { slug } = await editing.create(fixture.admin, anInput(changes));
    const { checks } = await planning.startChecklist(fixture.admin, slug);
    const check = checks.find(({ id }) => id === "overlap");
    return check?.id === "overlap" && check.others.some(({ slug: other }) => other === started.slug);
  };
  expect(await overlap({})).toBe(true);
  expect(await overlap({ unit: "visitor" })).toBe(false);
  expect(
    await overlap({
      exclusionGroups: apart.exclusionGroups.map((one) => ({ ...one, ranges: [{ from: 50, to: 100 }] })),
    }),
  ).toBe(false);
});
