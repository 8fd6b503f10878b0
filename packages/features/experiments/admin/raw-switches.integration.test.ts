import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, expect, it, test } from "vitest";
import {
  anIdentity,
  anInput,
  aRunningExperiment,
  createFixture,
  createUser,
  type Fixture,
} from "../testing/database-fixtures";

const { connectionString } = await testDatabase();
let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture(connectionString);
});
afterAll(() => fixture.close());

/** What flag code of a host does, which knows of no experiments. */
const write = async (slug: string, enabled: boolean) => {
  const { pool } = fixture.database;
  return (await pool.query(`UPDATE "Feature" SET "enabled" = $2 WHERE "slug" = $1`, [slug, enabled]))
    .rowCount;
};
const rowOf = (slug: string) => fixture.database.prisma.feature.findUniqueOrThrow({ where: { slug } });
const logOf = (slug: string) =>
  fixture.database.prisma.auditLog.findMany({
    where: { OR: [{ rowKey: slug }, { rowKey: { startsWith: `${slug}:` } }] },
    orderBy: { id: "asc" },
  });
const act = async (slug: string, action: "start" | "pause" | "turn_off") => {
  const { version } = await rowOf(slug);
  await fixture.module.admin.lifecycle.updateStatus(fixture.admin, { slug, version, action });
};
const reasonFor = async (slug: string, userId: number) =>
  (await fixture.module.experiments.decide(anIdentity({ userId }), [{ slug }]))[0]?.reason;

it("turns off what runs, and on again what is off: status, epochs, version and what people see, within a second", async () => {
  const { slug } = await aRunningExperiment(fixture);
  const userId = await createUser(fixture.database);
  expect(await reasonFor(slug, userId)).toBe("allocated");

  expect(await write(slug, false)).toBe(1);
  expect(await rowOf(slug)).toMatchObject({
    enabled: false,
    version: 3,
    metadata: { status: "off", epoch: 1 },
  });
  await expect.poll(() => reasonFor(slug, userId), { timeout: 20_000, interval: 5 }).toBe("not_running");
  expect((await fixture.module.admin.catalog.get(fixture.admin, slug)).epochs).toMatchObject([
    { number: 1, endedAt: expect.any(Date) },
  ]);

  expect(await write(slug, true)).toBe(1);
  expect(await rowOf(slug)).toMatchObject({
    enabled: true,
    version: 4,
    metadata: { status: "running", epoch: 2 },
  });
  await expect.poll(() => reasonFor(slug, userId), { timeout: 20_000, interval: 5 }).toBe("sticky");
  expect((await fixture.module.admin.catalog.get(fixture.admin, slug)).epochs).toMatchObject([
    { number: 1, endedAt: expect.any(Date) },
    { number: 2, endedAt: null, weights: { control: 50, urgent: 50 }, trafficPercentage: 100 },
  ]);
});

it("is in the log once, under the database's role, and in the activity as done by hand", async () => {
  const stopAt = new Date(Date.now() + 200).toISOString();
  const { slug } = await aRunningExperiment(fixture, { schedule: { startAt: null, stopAt } });
  const before = (await logOf(slug)).length;
  await write(slug, false);
  const isDue = () =>
    fixture.database.pool.query("SELECT clock_timestamp() > $1::timestamptz AS is_due", [stopAt]);
  await expect.poll(async () => (await isDue()).rows[0].is_due, { interval: 20 }).toBe(true);
  await write(slug, true);
  // The end that fell due while it was off does not undo it.
  expect(await rowOf(slug)).toMatchObject({ metadata: { status: "running", schedule: { stopAt: null } } });
  const { rows } = await fixture.database.pool.query<{ role: string }>("SELECT session_user AS role");
  const written = (await logOf(slug)).slice(before);
  expect(written.filter(({ tableName }) => tableName === "Feature")).toHaveLength(2);
  expect(written.map(({ actorId, actorRole }) => ({ actorId, actorRole }))).toEqual(
    written.map(() => ({ actorId: null, actorRole: rows[0]?.role })),
  );
});

it.each([
  ["running", true],
  ["paused", false],
  ["off", false],
  ["draft", false],
  ["concluded", false],
] as const)(
  "changes nothing of what is %s already where it says %s, and writes nothing",
  async (status, enabled) => {
    const slug = await anExperimentThatIs(status);
    const [before, log] = [await rowOf(slug), await logOf(slug)];
    // Its ORM finds the row all the same.
    expect(await write(slug, enabled)).toBe(1);
    expect(await rowOf(slug)).toEqual(before);
    await fixture.database.prisma.feature.update({
      where: { slug },
      data: { enabled, updatedAt: new Date() },
    });
    expect(await rowOf(slug)).toEqual(before);
    expect(await logOf(slug)).toEqual(log);
  },
);

it.each(["draft", "paused", "concluded", "archived"] as const)(
  "refuses to switch on what is %s, and says where to",
  async (status) => {
    const slug = await anExperimentThatIs(status);
    const before = await rowOf(slug);
    await expect(write(slug, true)).rejects.toThrow(`Start it at /settings/admin/experiments/${slug}`);
    expect(await rowOf(slug)).toEqual(before);
  },
);

test("rows from before there was a lifecycle are switched as ever", async () => {
  const slug = "legacy-switch";
  await fixture.database.prisma.feature.create({ data: { slug, type: "EXPERIMENT", enabled: true } });
  await write(slug, false);
  await write(slug, true);
  expect(await rowOf(slug)).toMatchObject({ enabled: true, version: 3, metadata: null });
});

async function anExperimentThatIs(status: "draft" | "running" | "paused" | "off" | "concluded" | "archived") {
  const { module, admin } = fixture;
  const { slug } = await module.admin.editing.create(admin, anInput());
  if (status === "draft") return slug;
  await act(slug, "start");
  if (status === "paused") await act(slug, "pause");
  if (status === "off") await act(slug, "turn_off");
  if (status === "concluded" || status === "archived") {
    const { version } = await rowOf(slug);
    await module.admin.lifecycle.conclude(admin, { slug, version, winnerVariant: null });
  }
  if (status === "archived") {
    const { version } = await rowOf(slug);
    await module.admin.lifecycle.updateStatus(admin, { slug, version, action: "archive" });
  }
  return slug;
}
