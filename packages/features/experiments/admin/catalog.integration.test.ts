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
import { watchStatements } from "../testing/watch-statements";

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

describe("the list", () => {
  it("is sorted as asked, and found by its owner, who is offered as a filter", async () => {
    const owner = { userId: await createUser(fixture.database) };
    await fixture.database.prisma.user.update({
      where: { id: owner.userId },
      data: { role: "ADMIN", name: "Otto" },
    });
    const zebra = await admin.editing.create(owner, anInput({ name: "Zebra" }));
    const apple = await admin.editing.create(owner, anInput({ name: "apple" }));
    const started = await admin.lifecycle.updateStatus(owner, {
      slug: zebra.slug,
      version: zebra.version,
      action: "start",
    });
    for (let index = 0; index < 3; index++)
      await fixture.module.experiments.decide(anIdentity({ userId: await createUser(fixture.database) }), [
        { slug: started.slug },
      ]);

    const slugsBy = async (sort?: "changed" | "name" | "subjects" | "created") =>
      (await admin.catalog.list(actor, { ownerId: owner.userId, sort })).items.map(({ slug }) => slug);
    expect(await slugsBy()).toEqual([zebra.slug, apple.slug]);
    expect(await slugsBy("created")).toEqual([apple.slug, zebra.slug]);
    expect(await slugsBy("name")).toEqual([apple.slug, zebra.slug]);
    expect(await slugsBy("subjects")).toEqual([zebra.slug, apple.slug]);

    const { items, owners, total } = await admin.catalog.list(actor, { ownerId: owner.userId });
    expect(total).toBe(2);
    expect(items[0]).toMatchObject({ assignments: 3, owner: { name: "Otto" }, updatedAt: expect.any(Date) });
    expect(owners).toContainEqual({ id: owner.userId, name: "Otto" });
  });

  it("tells how many were exposed within a day, and whether the newest result doubts the split", async () => {
    const { slug } = await aRunningExperiment(fixture, { unit: "visitor" });
    const { pool } = fixture.database;
    await pool.query(
      `INSERT INTO "ExperimentVariant" ("experimentSlug", "variant", "visitorId", "assignmentType", "epoch", "assignedAt", "exposedAt")
       SELECT $1, 'control', gen_random_uuid(), type::"AssignmentType", CASE type WHEN 'IMPORTED' THEN NULL ELSE 1 END, now() - interval '2 days', now() - ago::interval
       FROM (VALUES ('DETERMINISTIC', '1 hour'), ('RANDOM', '23 hours'), ('RANDOM', '25 hours'), ('RANDOM', NULL),
         ('IMPORTED', '1 hour')) AS row (type, ago)`,
      [slug],
    );
    const found = async () => {
      const { items } = await admin.catalog.list(actor, { search: slug });
      const detail = await admin.catalog.get(actor, slug);
      expect(detail).toMatchObject({
        recentExposures: items[0]?.recentExposures,
        splitOff: items[0]?.splitOff,
        splitOffIn: items[0]?.splitOffIn,
      });
      return items[0];
    };
    expect(await found()).toMatchObject({
      assignments: 5,
      recentExposures: 2,
      splitOff: null,
      splitOffIn: [],
    });

    const doubted = [{ variant: "control", observed: 521, expected: 500 }];
    const storeResult = async (status: string | null, bySegment?: object[]) => {
      await pool.query(`DELETE FROM "ExperimentResult" WHERE "experimentSlug" = $1`, [slug]);
      await pool.query(
        `INSERT INTO "ExperimentResult" ("experimentSlug", "asOf", "result") VALUES ($1, now(), $2)`,
        [
          slug,
          {
            analysis:
              status === null
                ? null
                : { split: { status, p: 0.0002, variants: doubted, byEpoch: [], bySegment } },
          },
        ],
      );
    };
    await storeResult(null);
    expect(await found()).toMatchObject({ splitOff: null });
    await storeResult("off");
    expect(await found()).toMatchObject({ splitOff: { p: 0.0002, variants: doubted } });
    await storeResult("as_planned");
    expect(await found()).toMatchObject({ splitOff: null, splitOffIn: [] });
    const segments = [
      { fact: "plan", value: "teams", status: "off", pAdjusted: 0.0004 },
      { fact: "plan", value: "free", status: "as_planned", pAdjusted: 1 },
      { fact: "country", value: "DE", status: "off", pAdjusted: 1e-30 },
    ].map((segment) => ({ ...segment, variants: doubted }));
    // So few are people, and not a segment.
    const person = { variant: "control", observed: 4, expected: 2 };
    const jane = {
      fact: "email",
      value: "jane@example.com",
      status: "off",
      pAdjusted: 0,
      variants: [person],
    };
    await storeResult("as_planned", [...segments, jane]);
    expect(await found()).toMatchObject({
      splitOff: null,
      splitOffIn: [
        { fact: "country", value: "DE" },
        { fact: "plan", value: "teams" },
      ],
    });
  });

  it("is found by a tag, offers all tags, and keeps them through a change and a duplicate", async () => {
    const { slug, version } = await admin.editing.create(actor, anInput({ tags: ["quokka", "größe-2"] }));
    await admin.editing.create(actor, anInput({ tags: ["quokkas"] }));
    const found = await admin.catalog.list(actor, { tag: "quokka" });
    expect(found.items.map((item) => [item.slug, item.tags])).toEqual([[slug, ["quokka", "größe-2"]]]);
    for (const tag of ["größe-2", "quokka", "quokkas"]) expect(found.tags).toContain(tag);
    const patch = { tags: [" Onboarding "] };
    expect((await admin.editing.updateConfig(actor, { slug, version, patch })).tags).toEqual(["onboarding"]);
    const copy = await admin.editing.duplicate(actor, { slug, newSlug: `${slug}-2`, name: "Again" });
    expect(copy.tags).toEqual(["onboarding"]);
  });

  it.each([["two words"], [""], ["-"], ["a".repeat(31)], ["same", "SAME"]])(
    "refuses the tags %j",
    async (...tags) => {
      await expect(admin.editing.create(actor, anInput({ tags }))).rejects.toMatchObject({
        code: "invalid_config",
        field: expect.stringMatching(/^tags/),
      });
    },
  );

  it("tells how many match also on a page past the end", async () => {
    await aRunningExperiment(fixture, { name: "Needle" });
    expect(await admin.catalog.list(actor, { search: "needle", page: 9 })).toMatchObject({
      items: [],
      total: 1,
      overall: (await admin.catalog.list(actor)).total,
    });
  });

  it("is one statement, whatever there is", async () => {
    const statements = await watchStatements(fixture.database.pool, () =>
      admin.catalog.list(actor, { sort: "name" }),
    );
    // The role, the time that the list may take, and the list.
    expect(statements).toHaveLength(3);
  });
});

describe("what goes to an experiment", () => {
  it("finds it by part of its slug or name, first what begins so, and never more than a few", async () => {
    for (let index = 0; index < 9; index++)
      await admin.editing.create(actor, anInput({ name: `Some quince ${index}` }));
    const { slug } = await admin.editing.create(actor, anInput({ name: "Quince first" }));
    await admin.editing.create(actor, anInput({ name: "100%_sure", slug: "only-by-slug" }));
    const found = await admin.catalog.find(actor, "QUINCE");
    expect(found).toHaveLength(8);
    expect(found[0]).toEqual({
      slug,
      name: "Quince first",
      status: "draft",
      isTurnedOff: false,
      isOverdue: false,
    });
    expect((await admin.catalog.find(actor, "by-slug")).map(({ name }) => name)).toEqual(["100%_sure"]);
    expect(await admin.catalog.find(actor, "%_s")).toHaveLength(1);
  });

  it("offers those that were changed last while nothing is asked for", async () => {
    const { slug } = await admin.editing.create(actor, anInput({ name: "Newest of all" }));
    const recent = await admin.catalog.find(actor, "");
    expect(recent[0]).toEqual({
      slug,
      name: "Newest of all",
      status: "draft",
      isTurnedOff: false,
      isOverdue: false,
    });
    expect(recent.length).toBeLessThanOrEqual(8);
  });

  it("is for people with a role alone", async () => {
    const nobody = { userId: await createUser(fixture.database) };
    await expect(admin.catalog.find(nobody, "a")).rejects.toMatchObject({ code: "not_allowed" });
  });
});

describe("with 5,000 experiments", () => {
  it("the list is still one statement, finds what is asked for, and reads no more than a page", async () => {
    await fixture.database.pool.query(
      `INSERT INTO "Feature" ("slug", "type", "metadata")
       SELECT 'many-' || n, 'EXPERIMENT', template."metadata" || jsonb_build_object('name', 'Many ' || n, 'ownerId', $1::int)
       FROM generate_series(1, 5000) AS n, (SELECT "metadata" FROM "Feature" WHERE "slug" = $2) AS template`,
      [actor.userId, (await admin.editing.create(actor, anInput())).slug],
    );
    const statements = await watchStatements(fixture.database.pool, async () => {
      const page = await admin.catalog.list(actor, { sort: "name", pageSize: 25, page: 3 });
      expect(page.items).toHaveLength(25);
      expect(page.total).toBeGreaterThanOrEqual(5_000);
    });
    // The role, the list, and what the cache of this node reads of 5,000 announcements: not a statement for each.
    expect(statements.length).toBeLessThan(20);
    expect(statements.filter(({ text }) => text.includes("matching"))).toHaveLength(1);
    expect(await admin.catalog.list(actor, { search: "many 4321" })).toMatchObject({
      total: 1,
      items: [{ slug: "many-4321" }],
    });
    for (const sort of ["changed", "created", "subjects"] as const)
      expect((await admin.catalog.list(actor, { sort, pageSize: 25 })).items).toHaveLength(25);
  });
});

describe("a duplicate", () => {
  it("is a draft with the same settings, a slug and a salt of its own, and none of the data", async () => {
    const original = await aRunningExperiment(fixture, { hypothesis: "Red sells", trafficPercentage: 40 });
    const newSlug = `${original.slug}-2`;
    const copy = await admin.editing.duplicate(actor, { slug: original.slug, newSlug, name: "Second try" });
    expect(copy).toMatchObject({
      slug: newSlug,
      name: "Second try",
      status: "draft",
      assignments: 0,
      epochs: [],
    });
    // What the start has frozen and registered is of that start alone.
    const { salt, status, epoch, startedAt, name, registeredMetrics, plannedBy, analysis, ...same } =
      original.config ?? expect.fail();
    expect(copy.config).toMatchObject({
      registeredMetrics: null,
      plannedBy: null,
      analysis: { ...analysis, plannedSubjects: null },
    });
    expect(copy.config).toMatchObject({ ...same, epoch: 0, startedAt: null, ownerId: actor.userId });
    expect(copy.config?.salt).not.toBe(salt);
  });

  it("of a concluded experiment runs again", async () => {
    const { slug, version } = await aRunningExperiment(fixture);
    const why = { reason: "stopped_early", learning: "Of the original alone" } as const;
    await admin.lifecycle.conclude(actor, { slug, version, winnerVariant: "urgent", ...why });
    const copy = await admin.editing.duplicate(actor, { slug, newSlug: `${slug}-2`, name: "Again" });
    expect(copy.config).toMatchObject({
      winnerVariant: null,
      endedAt: null,
      conclusionReason: null,
      learning: "",
    });
    await admin.lifecycle.updateStatus(actor, { slug: copy.slug, version: copy.version, action: "start" });
  });

  it("cannot take a slug that is there", async () => {
    const { slug } = await admin.editing.create(actor, anInput());
    await expect(admin.editing.duplicate(actor, { slug, newSlug: slug, name: "Same" })).rejects.toMatchObject(
      {
        code: "slug_taken",
      },
    );
  });
});
