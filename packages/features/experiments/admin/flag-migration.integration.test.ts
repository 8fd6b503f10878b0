import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  anIdentity,
  createFixture,
  createTeam,
  createUser,
  type Fixture,
} from "../testing/database-fixtures";
import { TABLES_OF_AN_EXPERIMENT } from "./flag-migration.repository";

const { connectionString } = await testDatabase();
let fixture: Fixture;
let admin: Fixture["module"]["admin"];
let actor: Fixture["admin"];
let counter = 0;

beforeAll(async () => {
  fixture = await createFixture(connectionString);
  admin = fixture.module.admin;
  actor = fixture.admin;
});
afterAll(() => fixture.close());

/** A flag that one user has, one is kept from, and a team has; with another user who was never asked. */
async function aFlag(enabled = false) {
  const { prisma } = fixture.database;
  const slug = `new-booker-${++counter}`;
  const [own, blocked, member, nobody] = await Promise.all(
    [0, 1, 2, 3].map(() => createUser(fixture.database)),
  );
  const team = await createTeam(fixture.database, [member as number, blocked as number]);
  await prisma.feature.create({
    data: { slug, enabled, type: "RELEASE", description: "A new booker", metadata: { owner: "web" } },
  });
  await prisma.userFeatures.createMany({
    data: [
      { userId: own as number, featureId: slug, enabled: true },
      { userId: blocked as number, featureId: slug, enabled: false },
    ],
  });
  await prisma.teamFeatures.create({ data: { teamId: team, featureId: slug, enabled: true } });
  return {
    slug,
    own: own as number,
    blocked: blocked as number,
    member: member as number,
    nobody: nobody as number,
    team,
  };
}

const answerOf = async (slug: string, userId: number) =>
  (await fixture.module.experiments.decide(anIdentity({ userId }), [{ slug }]))[0];
const rowsOf = (slug: string) =>
  fixture.database.prisma.experimentVariant.count({ where: { experimentSlug: slug } });

describe("the dry run", () => {
  it("counts whom the flag has selected, nearest level first, and changes nothing", async () => {
    const { slug } = await aFlag();
    expect(await admin.flagMigration.plan(actor, { slug, unit: "user" })).toMatchObject({
      imported: { on: 2, off: 1 },
      obstacle: null,
    });
    expect(await admin.flagMigration.plan(actor, { slug, unit: "team" })).toMatchObject({
      imported: { on: 1, off: 0 },
    });
    expect(await rowsOf(slug)).toBe(0);
    expect(await fixture.database.prisma.feature.findUnique({ where: { slug } })).toMatchObject({
      type: "RELEASE",
    });
  });

  it("says why a flag that is on for everybody leaves nobody to compare with", async () => {
    const { slug } = await aFlag(true);
    const plan = await admin.flagMigration.plan(actor, { slug, unit: "user" });
    expect(plan.obstacle?.message).toContain("Turn it off first");
    await expect(
      admin.flagMigration.convert(actor, { slug, unit: "user", version: plan.version }),
    ).rejects.toMatchObject({
      code: "invalid_config",
    });
  });
});

describe("a flag that became an experiment", () => {
  it("keeps for everybody it had selected what they have, and out of every comparison", async () => {
    const { slug, own, blocked, member, nobody } = await aFlag();
    const { version } = await admin.flagMigration.plan(actor, { slug, unit: "user" });
    const draft = await admin.flagMigration.convert(actor, { slug, unit: "user", version });
    expect(draft).toMatchObject({ status: "draft", description: "A new booker", assignments: 0 });
    expect(await answerOf(slug, own)).toMatchObject({ variant: "treatment", reason: "flag" });
    expect(await answerOf(slug, blocked)).toMatchObject({ variant: "control", reason: "flag" });
    expect(await answerOf(slug, nobody)).toMatchObject({ variant: null, reason: "not_running", unit: null });

    const start = { slug, version: draft.version, action: "start" } as const;
    await expect(admin.lifecycle.updateStatus(actor, start)).rejects.toMatchObject({ field: "metrics" });
    await admin.lifecycle.updateStatus(actor, { ...start, withoutMetric: "A rollout" });
    expect(await answerOf(slug, own)).toMatchObject({ variant: "treatment", reason: "sticky" });
    expect(await answerOf(slug, member)).toMatchObject({ variant: "treatment", reason: "sticky" });
    expect(await answerOf(slug, blocked)).toMatchObject({ variant: "control", reason: "sticky" });
    expect(await answerOf(slug, nobody)).toMatchObject({ reason: "allocated" });
    const stats = await admin.catalog.readStats(actor, slug);
    expect(stats.imported).toBe(3);
    expect(stats.variants.reduce((sum, { assigned }) => sum + assigned, 0)).toBe(1);
  });

  it("becomes the flag that it was as long as nobody was assigned", async () => {
    const { slug, own } = await aFlag();
    const draft = await admin.flagMigration.convert(actor, { slug, unit: "user", version: 1 });
    await admin.flagMigration.revert(actor, { slug, version: draft.version });
    expect(await fixture.database.prisma.feature.findUnique({ where: { slug } })).toMatchObject({
      type: "RELEASE",
      enabled: false,
      metadata: { owner: "web" },
      description: "A new booker",
    });
    expect(await rowsOf(slug)).toBe(0);
    // The rows by which people had it were never touched.
    expect(
      await fixture.database.prisma.userFeatures.findUnique({
        where: { userId_featureId: { userId: own, featureId: slug } },
      }),
    ).toMatchObject({ enabled: true });
    expect((await admin.flagMigration.plan(actor, { slug, unit: "user" })).obstacle).toBeNull();
  });

  it("leaves nothing of the experiment to the next one that the flag becomes, in any table that names experiments", async () => {
    const { rows } = await fixture.database.pool.query<{ table: string }>(
      `SELECT relname AS table FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
       WHERE attname = 'experimentSlug' AND relkind = 'r' AND relnamespace = current_schema()::regnamespace`,
    );
    // Its rows are destroyed before, and the upset is what says so to a recount.
    const others = ["ExperimentVariant", "ExperimentConversion", "ExperimentUpset"];
    expect(rows.map(({ table }) => table).sort()).toEqual([...TABLES_OF_AN_EXPERIMENT, ...others].sort());

    const { slug } = await aFlag();
    const draft = await admin.flagMigration.convert(actor, { slug, unit: "user", version: 1 });
    const { prisma } = fixture.database;
    const item = await prisma.experimentChecklistItem.create({ data: { text: "Texts are translated" } });
    await prisma.experimentCheck.create({ data: { experimentSlug: slug, itemId: item.id } });
    await prisma.experimentPreview.create({ data: { experimentSlug: slug, variant: "treatment" } });
    await admin.flagMigration.revert(actor, { slug, version: draft.version });
    expect(await prisma.experimentCheck.count({ where: { experimentSlug: slug } })).toBe(0);
    expect(await prisma.experimentPreview.count({ where: { experimentSlug: slug } })).toBe(0);
    await prisma.experimentChecklistItem.delete({ where: { id: item.id } });
  });

  it("stays one once somebody was assigned, and says so", async () => {
    const { slug, nobody } = await aFlag();
    const draft = await admin.flagMigration.convert(actor, { slug, unit: "user", version: 1 });
    const { version } = await admin.lifecycle.updateStatus(actor, {
      slug,
      version: draft.version,
      action: "start",
      withoutMetric: "A rollout",
    });
    await answerOf(slug, nobody);
    await expect(admin.flagMigration.revert(actor, { slug, version })).rejects.toMatchObject({
      code: "has_data",
      message: expect.stringContaining("participants (1)"),
    });
  });

  it("keeps its variants, and a unit that a flag can select", async () => {
    const { slug } = await aFlag();
    const draft = await admin.flagMigration.convert(actor, { slug, unit: "user", version: 1 });
    const change = (patch: object) =>
      admin.editing.updateConfig(actor, { slug, version: draft.version, patch });
    await expect(change({ unit: "visitor" })).rejects.toMatchObject({ field: "unit" });
    const renamed = [
      { name: "control", percentage: 50 },
      { name: "new", percentage: 50 },
    ];
    await expect(change({ variants: renamed })).rejects.toMatchObject({
      field: "variants",
      message: expect.stringContaining("Set it to 0%"),
    });
  });

  it("is deleted with the flag, by whoever has the right over flags, with its slug typed", async () => {
    const { slug } = await aFlag();
    const draft = await admin.flagMigration.convert(actor, { slug, unit: "user", version: 1 });
    const chief = { userId: await createUser(fixture.database) };
    await fixture.database.prisma.experimentMember.create({ data: { ...chief, role: "ADMIN" } });
    const of = { slug, version: draft.version, confirmSlug: slug };
    await expect(admin.lifecycle.delete(chief, of)).rejects.toMatchObject({ code: "not_allowed" });
    await expect(admin.lifecycle.delete(actor, { ...of, confirmSlug: undefined })).rejects.toMatchObject({
      code: "has_data",
      message: expect.stringContaining("deletes the flag too"),
    });
    await admin.lifecycle.delete(actor, of);
    expect(await fixture.database.prisma.feature.findUnique({ where: { slug } })).toBeNull();
  });

  it("says of somebody whom its start would take over what they would keep", async () => {
    const { slug, member, nobody } = await aFlag();
    await admin.flagMigration.convert(actor, { slug, unit: "user", version: 1 });
    const kept = await admin.audience.tryOut(actor, { slug, subjectId: member });
    expect(kept.decision).toEqual({ variant: "treatment", reason: "sticky" });
    const other = await admin.audience.tryOut(actor, { slug, subjectId: nobody });
    expect(other.decision.reason).toBe("allocated");
  });

  it("is not made twice, nor from a flag that was changed since it was looked at", async () => {
    const { slug } = await aFlag();
    await expect(
      admin.flagMigration.convert(actor, { slug, unit: "user", version: 9 }),
    ).rejects.toMatchObject({
      code: "stale_version",
    });
    await admin.flagMigration.convert(actor, { slug, unit: "user", version: 1 });
    await expect(
      admin.flagMigration.convert(actor, { slug, unit: "user", version: 2 }),
    ).rejects.toMatchObject({
      message: expect.stringContaining("already an experiment"),
    });
    await expect(
      admin.flagMigration.plan(actor, { slug: "no-such-flag", unit: "user" }),
    ).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("was never a flag: there is no way back", async () => {
    const { slug } = await aFlag();
    await fixture.database.prisma.feature.delete({ where: { slug } });
    await expect(admin.flagMigration.revert(actor, { slug, version: 1 })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
