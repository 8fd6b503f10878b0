import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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
let admin: Fixture["module"]["admin"];
let actor: Fixture["admin"];

beforeAll(async () => {
  fixture = await createFixture(connectionString);
  admin = fixture.module.admin;
  actor = fixture.admin;
});
afterAll(() => fixture.close());

const decide = async (slug: string, userId: number) =>
  (await fixture.module.experiments.decide(anIdentity({ userId }), [{ slug }]))[0];
const featureOf = (slug: string) => fixture.database.prisma.feature.findUniqueOrThrow({ where: { slug } });
const auditOf = (slug: string) =>
  fixture.database.prisma.auditLog.findMany({
    where: { tableName: "Feature", rowKey: slug },
    orderBy: { id: "asc" },
  });

describe("authorisation", () => {
  it("refuses every call of a plain user, of nobody, and of an admin who was demoted a second ago", async () => {
    const { slug, version } = await aRunningExperiment(fixture);
    const demoted = await createUser(fixture.database);
    await fixture.database.prisma.user.update({ where: { id: demoted }, data: { role: "ADMIN" } });
    await admin.catalog.get({ userId: demoted }, slug);
    await fixture.database.prisma.user.update({ where: { id: demoted }, data: { role: "USER" } });

    for (const userId of [demoted, null, await createUser(fixture.database)]) {
      const who = { userId };
      const calls = [
        () => admin.catalog.list(who),
        () => admin.catalog.get(who, slug),
        () => admin.catalog.readStats(who, slug),
        () => admin.editing.create(who, anInput()),
        () => admin.editing.updateConfig(who, { slug, version, patch: { name: "Mine" } }),
        () => admin.lifecycle.updateStatus(who, { slug, version, action: "pause" }),
        () => admin.lifecycle.conclude(who, { slug, version, winnerVariant: "urgent" }),
        () => admin.lifecycle.delete(who, { slug, version, confirmSlug: slug }),
      ];
      const code = userId === null ? "not_signed_in" : "not_allowed";
      for (const call of calls) await expect(call()).rejects.toMatchObject({ code });
    }
    expect((await featureOf(slug)).version).toBe(version);
  });
});

describe("bad input", () => {
  it.each([
    ["percentages that miss 100", { variants: shares(50, 49) }, "variants", "add up to 99, not 100"],
    [
      "duplicate names",
      { variants: shares(50, 50, "control") },
      "variants.1.name",
      "Another variant is already named control",
    ],
    ["a slug with spaces", { slug: "my test" }, "slug", "lowercase letters"],
    ["a control that is no variant", { control: "nobody" }, "control", "No variant is named nobody"],
    [
      "a variant that PostHog would read as a flag",
      { variants: shares(50, 50, "true") },
      "variants.1.name",
      "PostHog",
    ],
  ])(
    "refuses %s with a sentence at its field, and writes nothing",
    async (_what, changes, field, sentence) => {
      const input = anInput(changes);
      await expect(admin.editing.create(actor, input)).rejects.toMatchObject({
        code: "invalid_config",
        field,
        message: expect.stringContaining(sentence),
      });
      expect(await fixture.database.prisma.feature.findUnique({ where: { slug: input.slug } })).toBeNull();
    },
  );

  it("refuses a slug that is taken, also by one who was faster by a moment", async () => {
    const input = anInput();
    const attempts = await Promise.allSettled([
      admin.editing.create(actor, input),
      admin.editing.create(actor, input),
    ]);
    const refused = attempts.filter((attempt) => attempt.status === "rejected");
    expect(refused).toHaveLength(1);
    expect(refused[0]?.reason).toMatchObject({ code: "slug_taken", field: "slug" });
  });

  it("never gives a deleted experiment's slug away again", async () => {
    const input = anInput();
    const { slug, version } = await admin.editing.create(actor, input);
    await admin.lifecycle.delete(actor, { slug, version });
    await expect(admin.editing.create(actor, input)).rejects.toMatchObject({ code: "slug_taken" });
  });

  it("shows a configuration that was edited to nonsense as damaged, and serves control", async () => {
    const { slug } = await aRunningExperiment(fixture);
    await fixture.database.pool.query(
      `UPDATE "Feature" SET "metadata" = jsonb_set("metadata", '{variants}', '"nonsense"') WHERE "slug" = $1`,
      [slug],
    );
    const damaged = await admin.catalog.get(actor, slug);
    expect(damaged.config).toBeNull();
    expect(damaged.damage).toContain("variants");
    await expect(
      admin.lifecycle.updateStatus(actor, { slug, version: damaged.version, action: "pause" }),
    ).rejects.toMatchObject({ code: "damaged_config" });
    expect((await admin.catalog.list(actor, { search: slug })).items[0]?.damage).toBe(damaged.damage);
    const userId = await createUser(fixture.database);
    await expect.poll(async () => (await decide(slug, userId))?.reason).toBe("not_running");
  });
});

describe("the lifecycle", () => {
  it("leads from draft to winner: enabled mirrors running, epochs enclose what is off, the winner reaches all", async () => {
    let experiment = await admin.editing.create(actor, anInput());
    const { slug } = experiment;
    const [first, second] = [await createUser(fixture.database), await createUser(fixture.database)];
    const act = async (action: "start" | "pause" | "resume" | "turn_off" | "turn_on") => {
      experiment = await admin.lifecycle.updateStatus(actor, { slug, version: experiment.version, action });
      expect((await featureOf(slug)).enabled).toBe(experiment.status === "running");
    };

    expect((await decide(slug, first))?.reason).toBe("not_running");
    await act("start");
    const given = await decide(slug, first);
    await act("pause");
    expect(await decide(slug, first)).toMatchObject({ variant: given?.variant, reason: "sticky" });
    expect((await decide(slug, second))?.reason).toBe("paused");
    await act("resume");
    await act("turn_off");
    expect((await decide(slug, first))?.reason).toBe("not_running");
    await act("turn_on");
    expect(await decide(slug, first)).toMatchObject({ variant: given?.variant, reason: "sticky" });

    experiment = await admin.lifecycle.conclude(actor, {
      slug,
      version: experiment.version,
      winnerVariant: "urgent",
      reason: "stopped_early",
      learning: "Urgency sells",
    });
    expect(experiment.config).toMatchObject({ conclusionReason: "stopped_early", learning: "Urgency sells" });
    const patch = { learning: "Urgency sells to teams" };
    experiment = await admin.editing.updateConfig(actor, { slug, version: experiment.version, patch });
    expect(experiment.config?.learning).toBe(patch.learning);
    const { items } = await admin.catalog.list(actor, { search: "sells to teams" });
    expect(items.map((item) => item.slug)).toEqual([slug]);
    for (const userId of [first, second])
      expect(await decide(slug, userId)).toMatchObject({ variant: "urgent", reason: "winner" });
    expect(experiment.epochs).toMatchObject([
      { number: 1, weights: { control: 50, urgent: 50 }, endedAt: expect.any(Date) },
      { number: 2, endedAt: expect.any(Date) },
    ]);
    await expect(
      admin.lifecycle.updateStatus(actor, { slug, version: experiment.version, action: "start" }),
    ).rejects.toMatchObject({ code: "invalid_transition" });
  });

  it("refuses a winner that is no variant, and ends without a winner where none is named", async () => {
    const { slug, version } = await aRunningExperiment(fixture);
    await expect(
      admin.lifecycle.conclude(actor, { slug, version, winnerVariant: "nobody" }),
    ).rejects.toMatchObject({
      field: "winnerVariant",
    });
    await admin.lifecycle.conclude(actor, { slug, version, winnerVariant: null });
    expect((await decide(slug, await createUser(fixture.database)))?.reason).toBe("not_running");
  });

  it("writes nothing that could not be read again, whatever code of one's own passes in", async () => {
    const { lifecycle, catalog } = fixture.module.admin;
    const draft = await fixture.module.admin.editing.create(fixture.admin, anInput());
    const of = { slug: draft.slug, version: draft.version };
    for (const plannedSubjects of [-1, 0.5, Number.NaN])
      await expect(
        lifecycle.updateStatus(fixture.admin, { ...of, action: "start", plannedSubjects }),
      ).rejects.toMatchObject({ code: "invalid_config", field: "analysis.plannedSubjects" });
    const { slug, version } = await aRunningExperiment(fixture);
    await expect(
      lifecycle.conclude(fixture.admin, { slug, version, winnerVariant: null, reason: "luck" as never }),
    ).rejects.toMatchObject({ code: "invalid_config", field: "conclusionReason" });
    expect(await catalog.get(fixture.admin, slug)).toMatchObject({ version, damage: null });
    expect(await catalog.get(fixture.admin, draft.slug)).toMatchObject({ ...of, damage: null });
  });

  it("starts an epoch with each change of weights or traffic, and moves nobody who has a row", async () => {
    const experiment = await aRunningExperiment(fixture);
    const { slug } = experiment;
    const userId = await createUser(fixture.database);
    const before = await decide(slug, userId);
    const changed = await admin.editing.updateConfig(actor, {
      slug,
      version: experiment.version,
      patch: { variants: before?.variant === "control" ? shares(0, 100) : shares(100, 0) },
    });
    expect(changed.epochs.map(({ number }) => number)).toEqual([1, 2]);
    expect(await decide(slug, userId)).toMatchObject({ variant: before?.variant, reason: "sticky" });
    const renamed = await admin.editing.updateConfig(actor, {
      slug,
      version: changed.version,
      patch: { name: "Other" },
    });
    expect(renamed.epochs).toHaveLength(2);
  });

  it("keeps a variant that has subjects, and says to set it to 0 %", async () => {
    const { slug, version } = await aRunningExperiment(fixture, { variants: shares(0, 100) });
    await decide(slug, await createUser(fixture.database));
    await expect(
      admin.editing.updateConfig(actor, { slug, version, patch: { variants: shares(50, 50, "calm") } }),
    ).rejects.toMatchObject({ code: "locked_field", message: expect.stringContaining("0%") });
    expect((await featureOf(slug)).version).toBe(version);
    await admin.editing.updateConfig(actor, { slug, version, patch: { variants: shares(100, 0) } });
  });

  it("locks who is counted and how, once it has started", async () => {
    const { slug, version } = await aRunningExperiment(fixture);
    for (const patch of [{ unit: "visitor" }, { assignmentType: "random" }, { control: "urgent" }] as const)
      await expect(admin.editing.updateConfig(actor, { slug, version, patch })).rejects.toMatchObject({
        code: "locked_field",
        field: Object.keys(patch)[0],
      });
  });

  it("keeps experiments of different units out of one exclusion group", async () => {
    const exclusionGroups = [{ name: "checkout", ranges: [{ from: 0, to: 50 }] }];
    await admin.editing.create(actor, anInput({ exclusionGroups }));
    await expect(
      admin.editing.create(actor, anInput({ unit: "visitor", exclusionGroups })),
    ).rejects.toMatchObject({
      code: "invalid_config",
      field: "exclusionGroups",
    });
  });
});

describe("two admins at once", () => {
  it("tells the second what the first has changed, and keeps it", async () => {
    const { slug, version } = await admin.editing.create(actor, anInput());
    await admin.editing.updateConfig(actor, { slug, version, patch: { hypothesis: "It converts better" } });
    await expect(
      admin.editing.updateConfig(actor, { slug, version, patch: { hypothesis: "It does not" } }),
    ).rejects.toMatchObject({
      code: "stale_version",
      details: { current: { config: { hypothesis: "It converts better" }, updatedBy: { name: "Ada" } } },
    });
  });

  it("lets exactly one of two simultaneous saves through", async () => {
    const { slug, version } = await admin.editing.create(actor, anInput());
    const saves = await Promise.allSettled(
      ["One", "Two"].map((name) => admin.editing.updateConfig(actor, { slug, version, patch: { name } })),
    );
    expect(saves.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(saves.find((save) => save.status === "rejected")?.reason).toMatchObject({ code: "stale_version" });
  });

  it.each([
    ["new shares", "running"],
    ["a start", "draft"],
  ])("tells the loser of %s that it is stale, not that an epoch exists", async (what, status) => {
    const draft = await admin.editing.create(actor, anInput());
    const { slug, version } =
      status === "draft" ? draft : await admin.lifecycle.updateStatus(actor, { ...draft, action: "start" });
    const saves = await Promise.allSettled(
      [10, 20].map((trafficPercentage) =>
        what === "a start"
          ? admin.lifecycle.updateStatus(actor, { slug, version, action: "start" })
          : admin.editing.updateConfig(actor, { slug, version, patch: { trafficPercentage } }),
      ),
    );
    expect(saves.filter((save) => save.status === "fulfilled")).toHaveLength(1);
    expect(saves.find((save) => save.status === "rejected")?.reason).toMatchObject({ code: "stale_version" });
    expect((await admin.catalog.get(actor, slug)).epochs.map(({ number }) => number)).toEqual(
      what === "a start" ? [1] : [1, 2],
    );
  });

  it("erases nothing that a save does not name", async () => {
    const targetingRules = { plans: ["teams" as const] };
    const { slug, version } = await admin.editing.create(
      actor,
      anInput({ targetingRules, hypothesis: "Better" }),
    );
    const { config } = await admin.editing.updateConfig(actor, {
      slug,
      version,
      patch: { variants: shares(90, 10) },
    });
    expect(config).toMatchObject({ targetingRules, hypothesis: "Better", clientEvents: ["clicked"] });
  });
});

describe("audit and deletion", () => {
  it("records each change with before and after, by whom, in its own transaction", async () => {
    const { slug, version } = await admin.editing.create(actor, anInput());
    await admin.editing.updateConfig(actor, { slug, version, patch: { name: "Renamed" } });
    const [created, renamed] = await auditOf(slug);
    expect(created).toMatchObject({ action: "INSERT", actorId: actor.userId, before: null });
    expect(renamed).toMatchObject({
      action: "UPDATE",
      actorId: actor.userId,
      before: { metadata: { name: "Upgrade button" } },
      after: { metadata: { name: "Renamed" } },
    });
    await fixture.database.pool.query(`UPDATE "Feature" SET "description" = 'by hand' WHERE "slug" = $1`, [
      slug,
    ]);
    expect((await auditOf(slug))[2]).toMatchObject({ actorId: null, actorRole: expect.any(String) });
  });

  it("destroys no evidence without the slug typed, and names what would be lost", async () => {
    const { slug, version } = await aRunningExperiment(fixture);
    const userId = await createUser(fixture.database);
    await fixture.module.experiments.recordExposures(anIdentity({ userId }), [{ slug }]);
    await fixture.module.experiments.recordConversions(anIdentity({ userId }), [
      { slug, event: "clicked", key: "1" },
    ]);
    await expect(admin.lifecycle.delete(actor, { slug, version })).rejects.toMatchObject({
      code: "has_data",
      details: { assignments: 1, conversions: 1 },
    });
    await admin.lifecycle.delete(actor, { slug, version, confirmSlug: slug });
    expect(await fixture.database.prisma.experimentVariant.count({ where: { experimentSlug: slug } })).toBe(
      0,
    );
    expect((await decide(slug, userId))?.reason).toBe("not_running");
  });
});

describe("the list", () => {
  it("finds by name or slug, filters, pages and counts in one statement", async () => {
    const name = `Needle ${Date.now()}`;
    for (const unit of ["user", "team", "visitor"] as const)
      await admin.editing.create(actor, anInput({ name, unit }));
    const all = await admin.catalog.list(actor, { search: name.toLowerCase() });
    expect(all.total).toBe(3);
    const page = await admin.catalog.list(actor, { search: name, pageSize: 2, page: 2 });
    expect(page).toMatchObject({ total: 3, items: [{ unit: "user" }] });
    expect(
      (await admin.catalog.list(actor, { search: name, unit: "team", status: "draft" })).items,
    ).toHaveLength(1);
    expect((await admin.catalog.list(actor, { search: "100%_" })).items).toHaveLength(0);
  });

  it("loads what was there before there was a lifecycle, with the shares it has", async () => {
    const variants = [
      { name: "control", percentage: 50 },
      { name: "treatment", percentage: 50 },
    ];
    await fixture.database.pool.query(
      `INSERT INTO "Feature" ("slug", "type", "enabled", "metadata") VALUES
        ('legacy-null', 'EXPERIMENT', true, NULL), ('legacy-set', 'EXPERIMENT', true, $1)`,
      [JSON.stringify({ variants, assignmentType: "deterministic" })],
    );
    const userId = await createUser(fixture.database);
    await expect.poll(async () => (await decide("legacy-set", userId))?.reason).toMatch(/allocated|sticky/);
    expect((await decide("legacy-null", userId))?.reason).toBe("not_running");
    expect(await admin.catalog.get(actor, "legacy-null")).toMatchObject({
      status: "running",
      variants: [],
      damage: null,
    });
  });
});

function shares(first: number, second: number, secondName = "urgent") {
  return [
    { name: "control", percentage: first },
    { name: secondName, percentage: second },
  ];
}
