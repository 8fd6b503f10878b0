import { hasPgbouncer, type Pooler, startPgbouncer } from "@calcom/embedded-postgres/pgbouncer";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { aWorld, type WalkWorld } from "../testing/walk-world";
import { DueChangesRepository } from "./due-changes.repository";
import { FlagScheduleRunner } from "./schedule-runner";

const { connectionString } = await testDatabase();
let pooler: Pooler;
let world: WalkWorld;
beforeAll(async () => {
  if (!hasPgbouncer) return;
  pooler = await startPgbouncer(connectionString);
  world = await aWorld(pooler.url);
});
afterAll(async () => {
  await world?.fixture.close();
  await pooler?.stop();
});

test.runIf(hasPgbouncer)(
  "behind pgbouncer in transaction mode, plans of many flags are made, changed, and carried out in the right names, and drop no other",
  async () => {
    const { schedule } = world;
    const { database, admin } = world.fixture;
    const requireAdmin = async (id: number | null) => ({ id: id ?? 0 });
    const log = { info: vi.fn(), warn: vi.fn() };
    const runner = new FlagScheduleRunner({ due: new DueChangesRepository(database), requireAdmin, log });
    const slugs = Array.from({ length: 12 }, (_, n) => `pooled-${n}`);
    await Promise.all(
      slugs.map(async (slug) => {
        await world.flagsAdmin.create(admin, { slug, type: "RELEASE", description: "" });
        await schedule.add(admin, { slug, at: "2031-01-01T08:00:00Z", change: { kind: "on" } });
        await schedule.add(admin, { slug, at: "2031-02-01T08:00:00Z", change: { kind: "off" } });
        const [first] = (await schedule.list(admin, { slug })).changes;
        if (first === undefined) return expect.fail();
        const { id, version } = first;
        await schedule.update(admin, {
          slug,
          id,
          version,
          at: "2031-01-02T08:00:00Z",
          change: { kind: "on" },
        });
      }),
    );
    await database.pool.query(
      `UPDATE "ScheduledFlagChange" SET "at" = now() - interval '1 minute' WHERE "enabled"`,
    );
    // Between them somebody switches another flag by hand, in whatever session the pooler has.
    await world.flagsAdmin.create(admin, { slug: "by-hand", type: "RELEASE", description: "" });
    await schedule.add(admin, { slug: "by-hand", at: "2031-01-01T08:00:00Z", change: { kind: "off" } });
    await Promise.all([
      runner.runDue(),
      ...slugs.map(() => world.flagsAdmin.list(admin)),
      world.flagsAdmin.setEnabled(admin, { slug: "by-hand", enabled: true }),
    ]);
    await runner.runDue();
    for (const slug of slugs) {
      expect((await schedule.list(admin, { slug })).changes).toMatchObject([
        { change: { kind: "off" }, dropped: null },
      ]);
      expect(await database.prisma.feature.findUnique({ where: { slug } })).toMatchObject({
        enabled: true,
        updatedBy: admin.userId,
      });
    }
    expect((await schedule.list(admin, { slug: "by-hand" })).changes).toMatchObject([
      { dropped: { reason: "switched" } },
    ]);
    expect(log.warn).not.toHaveBeenCalled();
  },
);
