// What somebody writes into the database past the gate harms itself alone, and the admin names it.

import { testDatabase } from "@calcom/embedded-postgres/testing";
import { trackConversion } from "@calcom/features/experiments/server";
import {
  anInput,
  aRunningExperiment,
  createFixture,
  type Fixture,
} from "@calcom/features/experiments/testing/database";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { faultsOf } from "./judge";
import { callProcedure, procedures, readBack } from "./procedures";
import { Site } from "./site";

const { connectionString } = await testDatabase();
let site: Site;
let fixture: Fixture;
beforeAll(async () => {
  site = await Site.open(connectionString);
  fixture = await createFixture(connectionString);
});
afterAll(async () => {
  await fixture.close();
  await site.close();
});

// A busy machine is no outage.
beforeEach(() => void vi.stubEnv("DECISION_BUDGET_MS", "10000"));

vi.mock("@/lib/identity", () => ({ identityFromRequest: async () => site.identity }));

const NUL_LIKE = "a\\u0000b";
const YEAR_0 = "0000-01-01T00:00:00.000Z";
const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;

/** Of the configuration of a running experiment: the place, and what is planted there, as JSON. */
const damaging: [place: string, json: string][] = [
  ["{schedule,startAt}", `"${YEAR_0}"`],
  ["{schedule,stopAt}", '"2026-02-30T00:00:00Z"'],
  ["{schedule,stopAt}", '"-infinity"'],
  ["{schedule,stopAt}", '{"at":1}'],
  ["{startedAt}", `"${YEAR_0}"`],
  ["{endedAt}", `"${YEAR_0}"`],
  ["{variants,0,payload}", '{"constructor":{"prototype":null}}'],
  ["{variants,0,payload}", '[{"a":{"__proto__":{"isAdmin":true}}}]'],
  ["{variants,0,payload}", '{"toString":1,"hasOwnProperty":null}'],
  ["{variants,0,payload}", '{"id":12345678901234567890}'],
  ["{variants,0,payload}", nested(5_000)],
  ["{variants,0,name}", '"constructor"'],
  ["{variants}", '{"length":1}'],
  ["{targetingRules,userAttributes}", '{"constructor":"x"}'],
  ["{targetingRules,userAttributes}", nested(5_000)],
  ["{targetingRules,teamIds}", "[1.5]"],
  ["{clientEvents}", '["__proto__"]'],
  ["{metrics,primary}", '"constructor"'],
  ["{ownerId}", "[]"],
  ["{exclusionGroups}", '[{"name":"constructor"},5,null]'],
  ["{convertedFrom}", '{"type":"RELEASE","metadata":{"constructor":1}}'],
  ["{epoch}", "-1"],
];
/** What is odd, and can be read all the same. */
const harmless: [place: string, json: string][] = [
  ["{description}", '"in metadata"'],
  ["{constructor}", '{"a":1}'],
  ["{hypothesis}", JSON.stringify(NUL_LIKE)],
  ["{unknown}", '{"__proto__":1}'],
  // IDs of another type name nobody here.
  ["{ownerId}", '"abc"'],
  ["{ownerId}", "99999999999"],
];

async function plant(place: string, json: string): Promise<string> {
  const { slug } = await aRunningExperiment(fixture, { slug: site.newName() });
  await site.query(
    `UPDATE "Feature" SET "metadata" = jsonb_set("metadata", $2::text[], $3::jsonb) WHERE "slug" = $1`,
    [slug, place, json],
  );
  return slug;
}

async function read(path: string, input: unknown): Promise<string> {
  const procedure = procedures.find((one) => one.path === path);
  if (procedure === undefined) throw new Error(`There is no ${path}.`);
  const answer = await callProcedure(procedure, input);
  expect([path, answer.status, faultsOf(answer)], answer.text.slice(0, 400)).toEqual([path, 200, []]);
  return answer.text;
}

/** Every door and every job, with healthy experiments beside the bad ones. */
async function expectAllGoesOn(bad: string[]): Promise<void> {
  site.role = "admin";
  const due = await fixture.module.admin.editing.create(
    fixture.admin,
    anInput({ slug: site.newName(), schedule: { startAt: "2026-01-01T00:00:00.000Z", stopAt: null } }),
  );
  const good = await aRunningExperiment(fixture, { slug: site.newName() });
  const jobs = await fixture.module.jobs.run();
  expect(jobs.steps).toEqual([{ slug: due.slug, step: "start" }]);
  expect(jobs.recounted).toEqual(expect.arrayContaining([due.slug, good.slug]));
  for (const [path, answer] of await readBack(good.slug))
    expect([path, answer.status, faultsOf(answer)], answer.text.slice(0, 400)).toEqual([path, 200, []]);
  // What needs the configuration of the bad one says why there is none.
  for (const slug of bad)
    for (const [path, answer] of await readBack(slug, { ofAll: false })) {
      expect([path, faultsOf(answer)], answer.text.slice(0, 400)).toEqual([path, []]);
      if (answer.status !== 200) expect(answer.text).toContain("Restore it in the database first");
    }
  const batch = { requests: [...bad, good.slug].map((slug) => ({ experimentSlug: slug })) };
  // The node of this process looks for changes by itself, twice a second.
  await expect
    .poll(() => read("viewer.experiments.getVariants", batch), { timeout: 20_000 })
    .toMatch(/"variant":"(control|urgent)"/);
  const subject = { userId: fixture.admin.userId };
  expect((await trackConversion("clicked", { subject })).recorded).toBeGreaterThan(0);
}

describe("in configurations", () => {
  const bad: { slug: string; place: string }[] = [];

  test("what is planted stops one experiment each, or none", async () => {
    for (const [place, json] of damaging) bad.push({ slug: await plant(place, json), place });
    const odd = [];
    for (const [place, json] of harmless) odd.push(await plant(place, json));
    await expectAllGoesOn([...bad.map(({ slug }) => slug), ...odd]);
  }, 60_000);

  test("and the admin names each, with the place that is wrong", async () => {
    site.role = "admin";
    expect(bad).toHaveLength(damaging.length);
    for (const { slug, place } of bad) {
      const list = JSON.parse(await read("viewer.admin.experiments.list", { search: slug, sort: "name" }));
      const listed = list.result.data.json.items.find((item: { slug: string }) => item.slug === slug);
      const [field = ""] = place.slice(1, -1).split(",");
      expect(listed, place).toMatchObject({ slug, damage: expect.stringContaining(field) });
      const decided = await read("viewer.experiments.getVariant", { experimentSlug: slug });
      expect(decided, place).toContain('"variant":null');
    }
  }, 60_000);
});

describe("beside configurations", () => {
  /** What, and how it gets there. */
  const statements: [what: string, sql: string, values?: unknown[]][] = [
    ["a flag named constructor", `INSERT INTO "Feature" ("slug", "type") VALUES ('constructor', 'RELEASE')`],
    [
      "a flag named __proto__",
      `INSERT INTO "Feature" ("slug", "enabled", "type") VALUES ('__proto__', true, 'RELEASE')`,
    ],
    [
      "flags that were changed before and after all time",
      `INSERT INTO "Feature" ("slug", "type", "updatedAt") VALUES ('before-all', 'RELEASE', '-infinity'), ('after-all', 'RELEASE', 'infinity')`,
    ],
    [
      "an experiment named prototype",
      `INSERT INTO "Feature" ("slug", "type", "enabled", "metadata") SELECT 'prototype', "type", "enabled", "metadata" FROM "Feature" WHERE "slug" = $1`,
      ["a"],
    ],
    [
      "metadata that are a text",
      `INSERT INTO "Feature" ("slug", "type", "metadata") VALUES ('text', 'EXPERIMENT', '"a"')`,
    ],
    [
      "attributes of a person",
      `UPDATE "User" SET "attributes" = '{"constructor":{"a":1},"__proto__":2,"toString":[null]}'`,
    ],
    [
      "activity that names nobody",
      `INSERT INTO "AuditLog" ("actorId", "actorRole", "tableName", "rowKey", "action", "before", "after")
       VALUES (-5, 'x', 'ExperimentMember', 'abc', 'UPDATE', '{"constructor":null}', '{"__proto__":{"a":1},"userId":"x"}'),
         (NULL, 'x', 'ExperimentMember', '99999999999', 'LOOK', NULL, '[1,{"prototype":1}]'),
         (NULL, 'x', 'ExperimentResult', 'constructor', 'LOOK', 'null', '5')`,
    ],
    [
      "activity before and after all time",
      `INSERT INTO "AuditLog" ("at", "actorRole", "tableName", "rowKey", "action", "after")
       VALUES ('infinity', 'x', 'ExperimentResult', 'a', 'LOOK', '{}'), ('0001-01-01 BC', 'x', 'ExperimentResult', 'a', 'LOOK', '{}')`,
    ],
    [
      "results that somebody edited",
      `INSERT INTO "ExperimentResult" ("experimentSlug", "asOf", "result") SELECT "slug", now(),
         '{"tookMs":"long","analysis":{"split":{"status":"off","bySegment":[{"status":"off","pAdjusted":"x"},{"status":"off","pAdjusted":{}}]}}}'
       FROM "Feature" WHERE "type" = 'EXPERIMENT' ON CONFLICT DO NOTHING`,
    ],
    [
      "a result that took for ever",
      `UPDATE "ExperimentResult" SET "result" = '{"tookMs":1e300}', "createdAt" = now() - interval '10 days'`,
    ],
  ];

  test("flags, people, activity and results that were planted stop nothing", async () => {
    const { slug } = await aRunningExperiment(fixture, { slug: site.newName() });
    for (const [, sql, values] of statements) await site.query(sql, values && [slug]);
    await expectAllGoesOn([slug]);
  }, 60_000);

  test("rows of the year 0, of values that are none, and of no time stop neither the sender nor other recounts", async () => {
    const { slug } = await aRunningExperiment(fixture, { slug: site.newName() });
    const { rows } = await site.query(
      `INSERT INTO "ExperimentVariant" ("experimentSlug", "variant", "userId", "assignmentType", "epoch", "exposedAt", "metadata")
       VALUES ($1, 'constructor', $2, 'DETERMINISTIC', 1, '0001-01-01 BC', '{"attributes":{"constructor":1},"plan":{"__proto__":1}}')
       RETURNING "id"`,
      [slug, fixture.admin.userId],
    );
    await site.query(
      `WITH planted AS (
         INSERT INTO "ExperimentVariant" ("experimentSlug", "variant", "visitorId", "assignmentType", "epoch", "exposedAt")
         SELECT $1, 'control', gen_random_uuid(), 'DETERMINISTIC', 1, at
         FROM unnest('{infinity,-infinity,0001-01-01,1970-01-01,9999-12-31}'::timestamptz[]) AS at
         RETURNING "id", "exposedAt"
       )
       INSERT INTO "ExperimentConversion" ("assignmentId", "conversionEvent", "idempotencyKey", "occurredAt")
       SELECT "id", 'clicked', at::text, at FROM planted, unnest(ARRAY["exposedAt", "exposedAt" + interval '1 day']) AS at
       ON CONFLICT DO NOTHING`,
      [slug],
    );
    await site.query(
      `INSERT INTO "ExperimentConversion" ("assignmentId", "conversionEvent", "idempotencyKey", "value", "occurredAt")
       VALUES ($1, '__proto__', '1', 'NaN', 'infinity'), ($1, 'clicked', '2', 1, '-infinity')`,
      [rows[0]?.id],
    );
    expect(await fixture.module.recounts.recount(slug)).not.toBeNull();
    await expectAllGoesOn([slug]);
  }, 60_000);
});

test("nothing of it has changed what objects inherit", () => {
  expect(Reflect.get({}, "isAdmin")).toBeUndefined();
});
