import { readFileSync } from "node:fs";
import path from "node:path";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { AuthError } from "../../auth/server";
import { createUser } from "../../experiments/testing/database-fixtures";
import { aWorld, type WalkWorld } from "../testing/walk-world";
import { DueChangesRepository } from "./due-changes.repository";
import type { FlagScheduleService } from "./schedule.service";
import { FlagScheduleRunner } from "./schedule-runner";
import { type FlagChange, MOST_SCHEDULED, type ScheduledChange } from "./types";

const MIGRATION = path.resolve(
  import.meta.dirname,
  "../../../../prisma/migrations/20261201180000_experiments_0002/migration.sql",
);
const { connectionString } = await testDatabase();
let world: WalkWorld;
let actor: { userId: number };
let schedule: FlagScheduleService;
let runner: FlagScheduleRunner;
const log = { info: vi.fn(), warn: vi.fn() };
let count = 0;
beforeAll(async () => {
  world = await aWorld(connectionString, requireAdmin);
  actor = world.fixture.admin;
  schedule = world.schedule;
  runner = aRunner(world);
});
beforeEach(() => {
  log.info.mockReset();
  log.warn.mockReset();
});
afterAll(() => world.fixture.close());

/** As the application's own: by the stored role. */
async function requireAdmin(id: number | null) {
  const user = id === null ? null : await prisma().user.findUnique({ where: { id } });
  if (user === null) throw new AuthError("not_signed_in", "Sign in to do this.");
  if (user.role !== "ADMIN") throw new AuthError("not_allowed", "Only app administrators can do this.");
  return user;
}

const prisma = () => world.fixture.database.prisma;
const aRunner = ({ fixture }: WalkWorld) =>
  new FlagScheduleRunner({ due: new DueChangesRepository(fixture.database), requireAdmin, log });
const fromNow = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const on: FlagChange = { kind: "on" };
const off: FlagChange = { kind: "off" };
const share = (percentage: number): FlagChange => ({
  kind: "rollout",
  rollout: { percentage, unit: "user" },
});

async function aFlag({ enabled = false, type = "RELEASE" as const } = {}): Promise<string> {
  const slug = `scheduled-${++count}`;
  await prisma().feature.create({ data: { slug, enabled, type } });
  return slug;
}

/** Planned as somebody plans, and then its time has come, so many minutes ago. */
async function aDue(slug: string, change: FlagChange, minutesAgo = 1, by = actor): Promise<void> {
  await schedule.add(by, { slug, at: fromNow(60), change });
  const { id } = await prisma().scheduledFlagChange.findFirstOrThrow({
    where: { flagSlug: slug },
    orderBy: { id: "desc" },
  });
  await prisma().scheduledFlagChange.update({
    where: { id },
    data: { at: new Date(Date.now() - minutesAgo * 60_000) },
  });
}

const stateOf = (slug: string) =>
  prisma().feature.findUniqueOrThrow({
    where: { slug },
    select: { enabled: true, rolloutPercentage: true, rolloutUnit: true },
  });
const seen = ({ id, version }: ScheduledChange | undefined = {} as ScheduledChange) => ({ id, version });
const changesOf = async (slug: string) => (await schedule.list(actor, { slug })).changes;
const reasonsOf = async (slug: string) => (await changesOf(slug)).map(({ dropped }) => dropped?.reason);
const stepsOf = async (slug: string, from = runner) =>
  (await from.runDue()).filter((step) => step.slug === slug);

describe("a planned change", () => {
  test("is made once its time has come by the database's clock, not before, and once", async () => {
    const slug = await aFlag();
    await schedule.add(actor, { slug, at: fromNow(60), change: on });
    expect(await stepsOf(slug)).toEqual([]);
    expect((await stateOf(slug)).enabled).toBe(false);

    await world.fixture.database.pool.query(
      `UPDATE "ScheduledFlagChange" SET "at" = now() WHERE "flagSlug" = $1`,
      [slug],
    );
    expect(await stepsOf(slug)).toEqual([{ slug, step: "on", dropped: null }]);
    expect((await stateOf(slug)).enabled).toBe(true);
    expect(await changesOf(slug)).toEqual([]);
    expect(await stepsOf(slug)).toEqual([]);
  });

  test("can be on, off, a share, and everybody again; a share switches nothing", async () => {
    const slug = await aFlag();
    await aDue(slug, share(12.5));
    await stepsOf(slug);
    expect(await stateOf(slug)).toEqual({ enabled: false, rolloutPercentage: 12.5, rolloutUnit: "user" });
    await aDue(slug, on);
    await stepsOf(slug);
    await aDue(slug, share(100));
    await stepsOf(slug);
    expect(await stateOf(slug)).toEqual({ enabled: true, rolloutPercentage: null, rolloutUnit: null });
    await aDue(slug, off);
    await stepsOf(slug);
    expect((await stateOf(slug)).enabled).toBe(false);
  });

  test("does nothing where it is so already, and no line of the log says otherwise", async () => {
    const slug = await aFlag({ enabled: true });
    await aDue(slug, on);
    const lines = () => prisma().auditLog.count({ where: { tableName: "Feature", rowKey: slug } });
    const before = await lines();
    expect(await stepsOf(slug)).toEqual([{ slug, step: "on", dropped: null }]);
    expect(await lines()).toBe(before);
  });

  test("is made by one of several schedulers, in the order of the times where several are overdue", async () => {
    const worlds = await Promise.all(Array.from({ length: 3 }, () => aWorld(connectionString)));
    const slugs = await Promise.all(Array.from({ length: 8 }, () => aFlag()));
    for (const slug of slugs) {
      // Planned in another order.
      await aDue(slug, share(40), 10);
      await aDue(slug, off, 5);
      await aDue(slug, on, 30);
    }
    const runs = await Promise.all(worlds.map((each) => aRunner(each).runDue()));
    for (const slug of slugs) {
      const steps = runs.flat().filter((step) => step.slug === slug);
      expect(steps.map(({ step }) => step)).toEqual(["on", "rollout", "off"]);
      expect(await stateOf(slug)).toEqual({ enabled: false, rolloutPercentage: 40, rolloutUnit: "user" });
    }
    await Promise.all(worlds.map(({ fixture }) => fixture.close()));
  });

  test("is in the audit log in the name of whoever planned it, from the plan to its end", async () => {
    const slug = await aFlag();
    await aDue(slug, on);
    await stepsOf(slug);
    const lines = await prisma().auditLog.findMany({
      where: { OR: [{ rowKey: slug }, { rowKey: { startsWith: `${slug}:` } }] },
      orderBy: { id: "asc" },
      select: { actorId: true, tableName: true, action: true },
    });
    expect(lines).toEqual(
      expect.arrayContaining([
        { actorId: actor.userId, tableName: "ScheduledFlagChange", action: "INSERT" },
        { actorId: actor.userId, tableName: "Feature", action: "UPDATE" },
        { actorId: actor.userId, tableName: "ScheduledFlagChange", action: "DELETE" },
      ]),
    );
    const flag = await prisma().feature.findUniqueOrThrow({ where: { slug } });
    expect(flag.updatedBy).toBe(actor.userId);
  });
});

describe("a planned change is dropped, and says why,", () => {
  test("where somebody switches the flag by hand, whatever code does so", async () => {
    const switched: ((slug: string) => Promise<unknown>)[] = [
      (slug) => world.flagsAdmin.setEnabled(actor, { slug, enabled: true }),
      (slug) => prisma().feature.update({ where: { slug }, data: { enabled: true } }),
      (slug) =>
        world.fixture.database.pool.query(`UPDATE "Feature" SET "enabled" = true WHERE "slug" = $1`, [slug]),
    ];
    for (const switchByHand of switched) {
      const slug = await aFlag();
      await schedule.add(actor, { slug, at: fromNow(60), change: off });
      await switchByHand(slug);
      expect(await reasonsOf(slug)).toEqual(["switched"]);
      await world.fixture.database.pool.query(
        `UPDATE "ScheduledFlagChange" SET "at" = now() - interval '1 minute' WHERE "flagSlug" = $1`,
        [slug],
      );
      expect(await stepsOf(slug)).toEqual([]);
      expect((await stateOf(slug)).enabled).toBe(true);
    }
  });

  test("not where something else of the flag is changed, nor where another planned change is made", async () => {
    const slug = await aFlag();
    await schedule.add(actor, { slug, at: fromNow(60), change: off });
    await world.flagsAdmin.setRollout(actor, { slug, rollout: { percentage: 5, unit: "team" } });
    await world.flagsAdmin.setStale(actor, { slug, stale: true });
    await world.flagsAdmin.setEnabled(actor, { slug, enabled: false }); // it is
    await aDue(slug, on);
    await stepsOf(slug);
    expect(await reasonsOf(slug)).toEqual([undefined]);
  });

  test("where the flag became an experiment, and stays dropped when it is a flag again", async () => {
    const slug = await aFlag();
    await schedule.add(actor, { slug, at: fromNow(60), change: on });
    const { flagMigration } = world.fixture.module.admin;
    const { version } = await prisma().feature.findUniqueOrThrow({ where: { slug } });
    await flagMigration.convert(actor, { slug, unit: "user", version });
    expect(await reasonsOf(slug)).toEqual(["converted"]);
    const [summary] = (await world.flagsAdmin.list(actor, { search: slug })).items;
    expect(summary?.schedule).toEqual({ planned: 0, dropped: 1, next: null });
    await expect(schedule.add(actor, { slug, at: fromNow(60), change: on })).rejects.toMatchObject({
      code: "is_experiment",
    });
    const [change] = await changesOf(slug);
    await expect(
      schedule.update(actor, { slug, ...seen(change), at: fromNow(60), change: on }),
    ).rejects.toMatchObject({ code: "is_experiment" });
    await schedule.remove(actor, { slug, ...seen(change) });
    expect(await changesOf(slug)).toEqual([]);
  });

  test("where whoever planned it is no administrator any more, or is gone", async () => {
    const users = [
      await createUser(world.fixture.database),
      await createUser(world.fixture.database),
    ] as const;
    const [demoted, deleted] = users;
    await prisma().user.updateMany({ where: { id: { in: [...users] } }, data: { role: "ADMIN" } });
    const slugs = [await aFlag(), await aFlag()] as const;
    await aDue(slugs[0], on, 1, { userId: demoted });
    await aDue(slugs[1], on, 1, { userId: deleted });
    await prisma().user.update({ where: { id: demoted }, data: { role: "USER" } });
    await prisma().user.delete({ where: { id: deleted } });
    const steps = await runner.runDue();
    for (const slug of slugs) {
      expect(steps).toContainEqual({ slug, step: "on", dropped: "not_allowed" });
      expect((await stateOf(slug)).enabled).toBe(false);
      expect(await reasonsOf(slug)).toEqual(["not_allowed"]);
    }
    expect((await changesOf(slugs[1]))[0]?.plannedBy).toBeNull();
    expect(log.warn).toHaveBeenCalledWith(
      "A planned change of a flag was dropped.",
      expect.objectContaining({ slug: slugs[0], reason: "not_allowed" }),
    );
    expect(await runner.runDue()).toEqual([]);
  });

  test("with the flag itself where that is deleted, and the log has it", async () => {
    const slug = await aFlag();
    await schedule.add(actor, { slug, at: fromNow(60), change: on });
    await world.flagsAdmin.delete(actor, { slug });
    expect(await runner.runDue()).toEqual([]);
    const line = { tableName: "ScheduledFlagChange", action: "DELETE", rowKey: { startsWith: `${slug}:` } };
    expect(await prisma().auditLog.count({ where: { ...line, actorId: actor.userId } })).toBe(1);
  });

  test("and is forgotten after 30 days", async () => {
    const slug = await aFlag();
    await schedule.add(actor, { slug, at: fromNow(60), change: on });
    await world.flagsAdmin.setEnabled(actor, { slug, enabled: true });
    const ago = (days: number) =>
      world.fixture.database.pool.query(
        `UPDATE "ScheduledFlagChange" SET "droppedAt" = now() - $2 * interval '1 day' WHERE "flagSlug" = $1`,
        [slug, days],
      );
    await ago(29);
    await runner.runDue();
    expect(await changesOf(slug)).toHaveLength(1);
    await ago(31);
    await runner.runDue();
    expect(await changesOf(slug)).toEqual([]);
  });
});

describe("planning", () => {
  test("is shown with its time and its planner, changed, taken back, and planned again once dropped", async () => {
    const slug = await aFlag();
    await schedule.add(actor, { slug, at: "2031-01-01T10:00:00+02:00", change: on });
    const [planned] = await changesOf(slug);
    expect(planned).toMatchObject({
      at: new Date("2031-01-01T08:00:00Z"),
      change: on,
      plannedBy: { id: actor.userId },
      dropped: null,
    });
    await schedule.update(actor, {
      slug,
      ...seen(planned),
      at: "2031-01-02T08:00:00Z",
      change: share(30),
    });
    const [summary] = (await world.flagsAdmin.list(actor, { search: slug })).items;
    expect(summary?.schedule).toEqual({
      planned: 1,
      dropped: 0,
      next: { at: new Date("2031-01-02T08:00:00Z"), change: share(30) },
    });
    // Found among all flags.
    const { items } = await world.flagsAdmin.list(actor, { onlyScheduled: true });
    expect(items.map((flag) => flag.slug)).toContain(slug);
    expect(items.filter((flag) => flag.schedule.planned + flag.schedule.dropped === 0)).toEqual([]);
    await world.flagsAdmin.setEnabled(actor, { slug, enabled: true });
    expect(await reasonsOf(slug)).toEqual(["switched"]);
    const [dropped] = await changesOf(slug);
    await schedule.update(actor, { slug, ...seen(dropped), at: "2031-01-03T08:00:00Z", change: off });
    expect(await reasonsOf(slug)).toEqual([undefined]);
    const last = seen((await changesOf(slug))[0]);
    await schedule.remove(actor, { slug, ...last });
    await expect(schedule.remove(actor, { slug, ...last })).rejects.toMatchObject({
      code: "scheduled_change_not_found",
    });
    await expect(
      schedule.update(actor, { slug, ...last, at: fromNow(60), change: off }),
    ).rejects.toMatchObject({
      code: "scheduled_change_not_found",
    });
  });

  test("is refused for a time that has passed, at its field, and past the most that a flag may have", async () => {
    const slug = await aFlag();
    await expect(schedule.add(actor, { slug, at: fromNow(-1), change: on })).rejects.toMatchObject({
      code: "not_later",
      field: "at",
    });
    for (let planned = 0; planned < MOST_SCHEDULED; planned++)
      await schedule.add(actor, { slug, at: fromNow(60 + planned), change: share(planned + 1) });
    await expect(schedule.add(actor, { slug, at: fromNow(60), change: on })).rejects.toMatchObject({
      code: "too_many_scheduled",
    });
    await expect(
      schedule.add(actor, { slug: "no-such-flag", at: fromNow(60), change: on }),
    ).rejects.toMatchObject({
      code: "flag_not_found",
    });
  });

  test("is refused past the most that a flag may have too where it is planned again, or where several plan at once", async () => {
    const slug = await aFlag();
    await schedule.add(actor, { slug, at: fromNow(60), change: on });
    await prisma().feature.update({ where: { slug }, data: { enabled: true } });
    const [dropped] = await changesOf(slug);
    const attempts = await Promise.allSettled(
      Array.from({ length: MOST_SCHEDULED + 3 }, (_, n) =>
        schedule.add(actor, { slug, at: fromNow(60 + n), change: off }),
      ),
    );
    const refused = attempts.flatMap((attempt) =>
      attempt.status === "rejected" ? [attempt.reason.code] : [],
    );
    expect(refused).toEqual(["too_many_scheduled", "too_many_scheduled", "too_many_scheduled"]);
    const again = { slug, ...seen(dropped), at: fromNow(60.5), change: on };
    await expect(schedule.update(actor, again)).rejects.toMatchObject({ code: "too_many_scheduled" });
    const planned = (await changesOf(slug)).filter(({ dropped }) => dropped === null);
    expect(planned).toHaveLength(MOST_SCHEDULED);
    // What is planned already may be changed, and makes no more of them.
    await schedule.update(actor, { ...again, ...seen(planned[0]), at: fromNow(59) });
    await schedule.remove(actor, { slug, ...seen(planned[1]) });
    await schedule.update(actor, again);
  });

  test("is refused where somebody else has changed or removed it since it was looked at", async () => {
    const slug = await aFlag();
    await schedule.add(actor, { slug, at: "2031-01-01T08:00:00Z", change: on });
    const [looked] = await changesOf(slug);
    const attempts = await Promise.allSettled(
      ["09", "10", "11", "12"].map((hour) =>
        schedule.update(actor, { slug, ...seen(looked), at: `2031-01-01T${hour}:00:00Z`, change: on }),
      ),
    );
    const refused = attempts.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []));
    expect(refused).toEqual(Array(3).fill("stale_scheduled_change"));
    const late = { slug, ...seen(looked) };
    await expect(schedule.remove(actor, late)).rejects.toMatchObject({ code: "stale_scheduled_change" });
    const [now] = await changesOf(slug);
    await schedule.remove(actor, { slug, ...seen(now) });
    expect(await changesOf(slug)).toEqual([]);
  });

  test("takes one switch and one share at a time, however many plan at once", async () => {
    const slug = await aFlag();
    const at = "2031-01-01T08:00:00Z";
    const attempts = await Promise.allSettled(
      [on, on, off, share(10), share(10), share(20)].map((change) =>
        schedule.add(actor, { slug, at, change }),
      ),
    );
    const refused = attempts.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
    expect(refused).toHaveLength(4);
    for (const refusal of refused) expect(refusal).toMatchObject({ code: "already_scheduled", field: "at" });
    // Another change is not moved there either, and one that was canceled does not come back there.
    await schedule.add(actor, { slug, at: "2031-01-02T08:00:00Z", change: on });
    const other = (await changesOf(slug)).find((one) => one.at.getUTCDate() === 2);
    await expect(schedule.update(actor, { slug, ...seen(other), at, change: off })).rejects.toMatchObject({
      code: "already_scheduled",
    });
    // What is planned already may be saved again as it is.
    const switched = (await changesOf(slug)).find(
      (one) => one.at.getUTCDate() === 1 && one.change.kind !== "rollout",
    );
    await schedule.update(actor, { slug, ...seen(switched), at, change: on });
  });

  test("takes a change once also where it is planned in SQL by hand, before, meanwhile or after", async () => {
    const slug = await aFlag();
    const at = "2031-03-01T08:00:00Z";
    const { pool } = world.fixture.database;
    const byHand = (change: "true" | "false" | "NULL", by: Pick<typeof pool, "query"> = pool) =>
      by.query(`INSERT INTO "ScheduledFlagChange" ("flagSlug", "at", "enabled") VALUES ($1, $2, ${change})`, [
        slug,
        at,
      ]);
    await byHand("true");
    await expect(byHand("true")).rejects.toMatchObject({ code: "23505" });
    await expect(byHand("false")).rejects.toMatchObject({ code: "23505" });
    // A share is another matter, and so is what was dropped.
    await byHand("NULL");
    await world.flagsAdmin.setEnabled(actor, { slug, enabled: true });
    await byHand("true");
    expect(await reasonsOf(slug)).toEqual([undefined, "switched", "switched"]);
    const dropped = `UPDATE "ScheduledFlagChange" SET "dropped" = NULL, "droppedAt" = NULL WHERE "flagSlug" = $1`;
    await expect(pool.query(dropped, [slug])).rejects.toMatchObject({ code: "23505" });
    await pool.query(`DELETE FROM "ScheduledFlagChange" WHERE "flagSlug" = $1`, [slug]);
    const client = await pool.connect();
    try {
      await client.query("BEGIN");
      await byHand("false", client);
      const add = schedule.add(actor, { slug, at, change: off });
      const refused = expect(add).rejects.toMatchObject({ code: "already_scheduled", field: "at" });
      await expect
        .poll(async () => (await pool.query("SELECT FROM pg_locks WHERE NOT granted")).rowCount)
        .toBeGreaterThan(0);
      await client.query("COMMIT");
      await refused;
    } finally {
      client.release();
    }
    expect(await changesOf(slug)).toHaveLength(1);
  });

  test("keeps of what stood twice before the one that decided", async () => {
    const slug = await aFlag();
    const { pool } = world.fixture.database;
    const client = await pool.connect();
    try {
      await client.query(`BEGIN; DROP INDEX "ScheduledFlagChange_planned_once"`);
      for (const enabled of [true, false, true, false, null, null])
        await client.query(
          `INSERT INTO "ScheduledFlagChange" ("flagSlug", "at", "enabled") VALUES ($1, '2031-03-01', $2)`,
          [slug, enabled],
        );
      await client.query(readFileSync(MIGRATION, "utf8"));
      const { rows } = await client.query(
        `SELECT "enabled" FROM "ScheduledFlagChange" WHERE "flagSlug" = $1 ORDER BY "id"`,
        [slug],
      );
      expect(rows).toEqual([{ enabled: false }, { enabled: null }]);
    } finally {
      await client.query("ROLLBACK");
      client.release();
    }
  });

  test("and reading are for administrators alone", async () => {
    const slug = await aFlag();
    const nobody = { userId: await createUser(world.fixture.database) };
    const input = { slug, id: 1, version: 1, at: fromNow(60), change: on };
    for (const attempt of [
      schedule.list(nobody, { slug }),
      schedule.add(nobody, { slug, at: input.at, change: on }),
      schedule.update(nobody, input),
      schedule.remove(nobody, { slug, id: 1, version: 1 }),
    ])
      await expect(attempt).rejects.toMatchObject({ code: "not_allowed" });
  });

  test("never meets a conversion halfway: what comes first wins", async () => {
    const { flagMigration } = world.fixture.module.admin;
    for (let round = 0; round < 6; round++) {
      const slug = await aFlag();
      const { version } = await prisma().feature.findUniqueOrThrow({ where: { slug } });
      await Promise.allSettled([
        schedule.add(actor, { slug, at: fromNow(60), change: on }),
        flagMigration.convert(actor, { slug, unit: "user", version }),
      ]);
      expect((await reasonsOf(slug)).filter((reason) => reason !== "converted")).toEqual([]);
    }
  });
});

test("a flag that cannot be changed is logged once, and keeps no other from what is planned for it", async () => {
  const [broken, whole] = [await aFlag(), await aFlag()];
  await world.fixture.database.pool.query(
    `CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not this one'; END $$;
     CREATE TRIGGER refuse_change BEFORE UPDATE ON "Feature" FOR EACH ROW WHEN (NEW."slug" = '${broken}') EXECUTE FUNCTION refuse_change()`,
  );
  try {
    await aDue(broken, on, 5);
    await aDue(whole, on);
    const steps = await runner.runDue();
    expect(steps).toEqual([{ slug: whole, step: "on", dropped: null }]);
    await aDue(whole, off);
    const due = new DueChangesRepository(world.fixture.database);
    expect((await due.findDue()).map(({ slug }) => slug)).toEqual([broken, whole]);
    expect((await due.findDue([broken])).map(({ slug }) => slug)).toEqual([whole, broken]);
    await runner.runDue();
    expect(log.warn).toHaveBeenCalledTimes(1);
    expect(log.warn.mock.calls[0]?.[1]).toMatchObject({ slug: broken });
  } finally {
    await world.fixture.database.pool.query(
      `DROP TRIGGER refuse_change ON "Feature"; DROP FUNCTION refuse_change()`,
    );
  }
  expect(await stepsOf(broken)).toEqual([{ slug: broken, step: "on", dropped: null }]);
});

test("a database that does not answer is logged once, and tried again", async () => {
  const due = {
    forgetDropped: vi.fn().mockRejectedValue(new Error("away")),
  } as unknown as DueChangesRepository;
  const failing = new FlagScheduleRunner({ due, requireAdmin, log });
  expect(await failing.runDue()).toEqual([]);
  expect(await failing.runDue()).toEqual([]);
  expect(log.warn).toHaveBeenCalledTimes(1);
});
