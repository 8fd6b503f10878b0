import { randomUUID } from "node:crypto";
import { createTestDatabase, dropTestDatabase } from "@calcom/embedded-postgres/test-server";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { createDatabase } from "@calcom/prisma";
import { afterAll, beforeAll, describe, expect, inject, it, vi } from "vitest";
import { aRunningExperiment, createFixture, createUser, type Fixture } from "../../testing/database-fixtures";
import type { ExperimentDetail } from "../../types/admin";
import { aConversion, anAssignment, manySubjects } from "../testing/rows";
import type { Receipt, StoredResult } from "../types";
import { FoldRepository } from "./fold.repository";
import { hashReceipt } from "./receipt";
import { RecountRepository } from "./recount.repository";

const { connectionString } = await testDatabase();
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
let fixture: Fixture;

beforeAll(async () => {
  fixture = await createFixture(connectionString);
});
afterAll(() => fixture.close());

const WINDOW_DAYS = 5;
/** Exposed then, the window of a subject has closed. */
const longAgo = () => new Date(Date.now() - 20 * DAY_MS);

async function anExperiment(changes: object = {}, on = fixture): Promise<ExperimentDetail> {
  const detail = await aRunningExperiment(on, {
    unit: "visitor",
    conversionWindowDays: WINDOW_DAYS,
    clientEvents: ["clicked"],
    ...changes,
  });
  await began(detail.slug, 30, on);
  return detail;
}

async function began(slug: string, daysAgo: number, on = fixture): Promise<void> {
  const startedAt = new Date(Date.now() - daysAgo * DAY_MS).toISOString();
  await on.database.pool.query(
    `UPDATE "Feature" SET "metadata" = jsonb_set("metadata", '{startedAt}', to_jsonb($2::text)) WHERE "slug" = $1`,
    [slug, startedAt],
  );
}

async function refresh(slug: string, on = fixture): Promise<StoredResult> {
  // As it is stored: what may be read of it before its time is another question.
  const result = await on.module.recounts.recount(slug, { isPatient: true, since: new Date() });
  if (result === null) throw new Error(`There is no result of ${slug}.`);
  return result;
}

function armOf(result: StoredResult, variant = "control", epoch = 1) {
  return result.metrics[0]?.epochs.find((one) => one.epoch === epoch)?.arms[variant];
}

async function conclude({ slug }: ExperimentDetail, on = fixture) {
  const { version } = await on.module.admin.catalog.get(on.admin, slug);
  return on.module.admin.lifecycle.conclude(on.admin, { slug, version, winnerVariant: "urgent" });
}

describe("who and what counts", () => {
  const at = (exposedAt: Date, ms: number) => new Date(exposedAt.getTime() + ms);

  it.each([
    ["in the millisecond of the exposure", 0, 1],
    ["a millisecond before it: whoever clicked before seeing anything", -1, 0],
    ["in the last millisecond of the window", WINDOW_DAYS * DAY_MS - 1, 1],
    ["at the end of the window", WINDOW_DAYS * DAY_MS, 0],
  ])("a conversion %s is on its side", async (_when, ms, conversions) => {
    const { slug } = await anExperiment();
    const exposedAt = longAgo();
    const id = await anAssignment(fixture.database.pool, slug, { exposedAt });
    await aConversion(fixture.database.pool, id, { at: at(exposedAt, ms) });
    expect(armOf(await refresh(slug))).toEqual({ kind: "rate", n: 1, conversions });
  });

  it("a conversion after the end does not count, one before it does, and everybody is mature at the end", async () => {
    const { pool } = fixture.database;
    const detail = await anExperiment();
    const exposedAt = new Date(Date.now() - 2 * DAY_MS);
    for (const ms of [HOUR_MS, 4 * DAY_MS])
      await aConversion(pool, await anAssignment(pool, detail.slug, { exposedAt }), {
        at: at(exposedAt, ms),
      });
    expect((await refresh(detail.slug)).leftOut.immature).toBe(2);
    await conclude(detail);
    const result = await refresh(detail.slug);
    expect(result.leftOut.immature).toBe(0);
    expect(armOf(result)).toEqual({ kind: "rate", n: 2, conversions: 1 });
  });

  it("keeps epochs apart, counts each event once per subject, and no other event", async () => {
    const { pool } = fixture.database;
    const detail = await anExperiment();
    await fixture.module.admin.editing.updateConfig(fixture.admin, {
      slug: detail.slug,
      version: (await fixture.module.admin.catalog.get(fixture.admin, detail.slug)).version,
      patch: {
        variants: [
          { name: "control", percentage: 90 },
          { name: "urgent", percentage: 10 },
        ],
      },
    });
    const exposedAt = longAgo();
    const first = await anAssignment(pool, detail.slug, { epoch: 1, exposedAt });
    const second = await anAssignment(pool, detail.slug, { epoch: 2, exposedAt });
    for (const event of ["clicked", "clicked", "bought"])
      await aConversion(pool, first, { at: at(exposedAt, HOUR_MS), event });
    await aConversion(pool, second, { at: at(exposedAt, HOUR_MS), event: "bought" });
    const result = await refresh(detail.slug);
    expect(armOf(result, "control", 1)).toEqual({ kind: "rate", n: 1, conversions: 1 });
    expect(armOf(result, "control", 2)).toEqual({ kind: "rate", n: 1, conversions: 0 });
    expect(result.split.map(({ weights }) => weights)).toEqual([
      { control: 50, urgent: 50 },
      { control: 90, urgent: 10 },
    ]);
  });

  it("counts a person with two browsers once, from the first exposure, with what happened in either", async () => {
    const { pool } = fixture.database;
    const { slug } = await anExperiment();
    const userId = await createUser(fixture.database);
    const exposedAt = longAgo();
    const [first, second] = [randomUUID(), randomUUID()];
    await anAssignment(pool, slug, { visitorId: first, exposedAt });
    const later = await anAssignment(pool, slug, { visitorId: second, exposedAt: at(exposedAt, DAY_MS) });
    await aConversion(pool, later, { at: at(exposedAt, 2 * DAY_MS) });
    for (const visitorId of [first, second]) await fixture.module.experiments.linkVisitor(userId, visitorId);
    expect(armOf(await refresh(slug))).toEqual({ kind: "rate", n: 1, conversions: 1 });
  });

  it("leaves out whoever was imported, keeps whoever was erased or saw two variants, and says how many", async () => {
    const { pool } = fixture.database;
    const { slug } = await anExperiment();
    const userId = await createUser(fixture.database);
    const exposedAt = longAgo();
    for (const [variant, time] of [
      ["urgent", exposedAt],
      ["control", at(exposedAt, HOUR_MS)],
    ] as const) {
      const visitorId = randomUUID();
      const id = await anAssignment(pool, slug, { variant, visitorId, exposedAt: time });
      if (variant === "control") await aConversion(pool, id, { at: at(time, HOUR_MS) });
      await fixture.module.experiments.linkVisitor(userId, visitorId);
    }
    await anAssignment(pool, slug, { assignmentType: "IMPORTED", exposedAt });
    const erased = await anAssignment(pool, slug, { exposedAt, userId: null, visitorId: null });
    await pool.query(`UPDATE "ExperimentVariant" SET "visitorId" = NULL WHERE "id" = $1`, [erased]);
    await aConversion(pool, erased, { at: at(exposedAt, HOUR_MS) });
    await anAssignment(pool, slug, { exposedAt: null });
    const result = await refresh(slug);
    expect(armOf(result)).toEqual({ kind: "rate", n: 1, conversions: 1 });
    // For the variant of the first browser, with what was done in the second.
    expect(armOf(result, "urgent")).toEqual({ kind: "rate", n: 1, conversions: 1 });
    expect(result.leftOut).toEqual({
      imported: 1,
      mixed: 1,
      notExposed: 1,
      immature: 0,
      afterPlannedEnd: 0,
      erased: 1,
    });
  });

  it("shows segments by frozen facts, exposures by day, and conversions by days since the exposure", async () => {
    const { pool } = fixture.database;
    const { slug } = await anExperiment();
    const exposedAt = longAgo();
    const metadata = { plan: "teams", teamIds: [1], attributes: { country: "DE" } };
    for (let made = 0; made < 5; made++) {
      const id = await anAssignment(pool, slug, { exposedAt, metadata });
      await aConversion(pool, id, { at: at(exposedAt, 2 * DAY_MS + HOUR_MS) });
      await anAssignment(pool, slug, { exposedAt, metadata: { plan: "individual" } });
    }
    // Fewer are people, and no segment.
    for (let made = 0; made < 4; made++)
      await anAssignment(pool, slug, { exposedAt, metadata: { plan: "organization" } });
    const result = await refresh(slug);
    const five = { variant: "control", subjects: 5 };
    expect(result.segments.map(({ fact, value, variants }) => ({ fact, value, variants }))).toEqual([
      { fact: "country", value: "DE", variants: [{ ...five, converted: 5, mean: 1 }] },
      { fact: "plan", value: "individual", variants: [{ ...five, converted: 0, mean: 0 }] },
      { fact: "plan", value: "teams", variants: [{ ...five, converted: 5, mean: 1 }] },
    ]);
    expect(result.smallSegments).toEqual([{ fact: "plan", values: 1, subjects: 4 }]);
    expect(result.series.exposures).toEqual([
      { day: exposedAt.toISOString().slice(0, 10), exposed: { control: 14 } },
    ]);
    expect(result.novelty.map(({ day, value, subjects }) => [day, value, subjects])).toEqual([
      [0, 0, 14],
      [1, 0, 14],
      [2, 5, 14],
      [3, 0, 14],
      [4, 0, 14],
    ]);
  });
});

describe("looks", () => {
  it("are made once each: a later refresh goes on from the stored state, and what was established stays", async () => {
    const { pool } = fixture.database;
    const { slug } = await anExperiment({
      analysis: { mode: "sequential", plannedSubjects: 2_000, minimumRuntimeDays: 1 },
    });
    const exposedAt = longAgo();
    await manySubjects(pool, slug, { variant: "control", n: 1_000, converted: 100, exposedAt });
    await manySubjects(pool, slug, { variant: "urgent", n: 1_000, converted: 220, exposedAt });
    const first = await refresh(slug);
    expect(first.analysis?.verdict.code).toBe("better");
    const state = first.chain.state?.smallestP["event:clicked"]?.urgent ?? 1;
    expect(state).toBeLessThan(0.05);
    expect(first.series.effects.length).toBeGreaterThan(5);

    // Yesterday's look is taken away, and so is the effect: the look is made again, and what it found before holds.
    await pool.query(`DELETE FROM "ExperimentConversion" WHERE "experimentSlug" = $1`, [slug]);
    const dayBefore = new Date(Date.parse(first.look ?? "") - DAY_MS).toISOString();
    await pool.query(
      `UPDATE "ExperimentResult" SET "result" = jsonb_set("result", '{look}', to_jsonb($2::text)) WHERE "experimentSlug" = $1`,
      [slug, dayBefore],
    );
    const second = await refresh(slug);
    expect(second.look).toBe(first.look);
    expect(second.chain.state?.smallestP["event:clicked"]?.urgent).toBe(state);
    expect(second.series.effects.length).toBeGreaterThanOrEqual(first.series.effects.length);
  });

  it("begin anew where the question has changed", async () => {
    const { pool } = fixture.database;
    const { slug } = await anExperiment();
    await manySubjects(pool, slug, { variant: "control", n: 200, converted: 20, exposedAt: longAgo() });
    const first = await refresh(slug);
    // By hand: the service refuses it once an experiment has started.
    await pool.query(
      `UPDATE "Feature" SET "metadata" = jsonb_set("metadata", '{conversionWindowDays}', to_jsonb($2::int)) WHERE "slug" = $1`,
      [slug, WINDOW_DAYS + 1],
    );
    const second = await refresh(slug);
    expect(second.chain.basis).not.toBe(first.chain.basis);
    expect(second.windowDays).toBe(WINDOW_DAYS + 1);
  });
});

describe("the split by segment", () => {
  it("is tested with a window still open and without a metric, is in the export and holds in the receipt", async () => {
    const { pool } = fixture.database;
    const detail = await anExperiment({
      conversionWindowDays: 90,
      metrics: { primary: null, secondary: [], guardrails: [] },
      clientEvents: [],
    });
    const { slug } = detail;
    const exposedAt = new Date(Date.now() - 2 * DAY_MS);
    for (const [variant, plan, n] of [
      ["control", "teams", 120],
      ["urgent", "teams", 30],
      ["control", "individual", 110],
      ["urgent", "individual", 200],
    ] as const)
      await Promise.all(
        Array.from({ length: n }, () => anAssignment(pool, slug, { variant, exposedAt, metadata: { plan } })),
      );
    const result = await refresh(slug);
    expect(result.analysis?.split.status).toBe("as_planned");
    const exported = JSON.parse(await fixture.module.results.exportJson(fixture.admin, slug));
    expect(exported.result.analysis.split.bySegment).toMatchObject([
      { fact: "plan", value: "individual", status: "off" },
      { fact: "plan", value: "teams", status: "off", once: { method: "chi_square", df: 1 } },
    ]);
    expect(exported.figures).toBe("withheld");
    expect((await fixture.module.admin.catalog.get(fixture.admin, slug)).splitOffIn).toHaveLength(2);
    await conclude(detail);
    expect(await fixture.module.verification.verify(slug)).toMatchObject({ matches: true, changes: [] });
  });
});

describe("computing", () => {
  it("is done once where two nodes and two tabs are asked at the same time", async () => {
    const { slug } = await anExperiment();
    const other = await createFixture(connectionString);
    const count = vi.spyOn(FoldRepository.prototype, "count");
    const results = await Promise.all([
      refresh(slug),
      refresh(slug, other),
      refresh(slug),
      refresh(slug, other),
    ]);
    await other.close();
    expect(new Set(results.map(({ asOf }) => asOf)).size).toBe(1);
    expect(count.mock.calls.map(([{ kind }]) => kind)).toEqual(["results"]);
  });

  it("is done again for whoever asks from a node whose clock is behind", async () => {
    const { slug } = await anExperiment();
    const { asOf } = await refresh(slug);
    const clock = vi.spyOn(Date, "now").mockReturnValue(Date.now() - HOUR_MS);
    const { result } = await fixture.module.results.refresh(fixture.admin, slug);
    clock.mockRestore();
    expect(Date.parse(result?.asOf ?? "")).toBeGreaterThan(Date.parse(asOf));
  });

  it("is due for an experiment from before there was a lifecycle, as long as it is enabled", async () => {
    const variants = [
      { name: "control", percentage: 50 },
      { name: "urgent", percentage: 50 },
    ];
    await fixture.database.pool.query(
      `INSERT INTO "Feature" ("slug", "type", "enabled", "metadata")
       VALUES ('legacy-on', 'EXPERIMENT', true, $1), ('legacy-off', 'EXPERIMENT', false, $1)`,
      [JSON.stringify({ variants })],
    );
    const due = await fixture.module.recounts.findDue();
    expect(due).toContain("legacy-on");
    expect(due).not.toContain("legacy-off");
    expect((await refresh("legacy-on")).slug).toBe("legacy-on");
    expect(await fixture.module.recounts.findDue()).not.toContain("legacy-on");
  });

  it("reads the replica where there is one, and keeps the result in the database", async () => {
    const { adminUrl, template } = inject("testServer");
    const { name, url } = await createTestDatabase({ adminUrl, prefix: "replica", template });
    const replica = createDatabase({ connectionString: url, max: 2 });
    const node = await createFixture(connectionString, { replica });
    const { slug } = await anExperiment({}, node);
    // What a replica would have copied, and one subject by which it is told apart.
    for (const table of ["Feature", "ExperimentEpoch"]) {
      const key = table === "Feature" ? "slug" : "experimentSlug";
      const { rows } = await node.database.pool.query(
        `SELECT to_jsonb(copied) - 'updatedBy' AS row FROM "${table}" AS copied WHERE "${key}" = $1`,
        [slug],
      );
      await replica.pool.query(
        `INSERT INTO "${table}" SELECT * FROM jsonb_populate_record(NULL::"${table}", $1) ON CONFLICT DO NOTHING`,
        [rows[0].row],
      );
    }
    await anAssignment(replica.pool, slug, { exposedAt: longAgo() });
    expect((await refresh(slug, node)).exposed).toEqual({ control: 1, urgent: 0 });
    expect((await fixture.module.results.get(fixture.admin, slug)).result?.exposed.control).toBe(1);
    await node.close();
    await dropTestDatabase(adminUrl, name);
  });

  it("is refused to whoever has no role, and says what does not exist", async () => {
    const { slug } = await anExperiment();
    const { results } = fixture.module;
    const userId = await createUser(fixture.database);
    const actor = { userId };
    for (const call of [
      () => results.get(actor, slug),
      () => results.latest(actor, slug),
      () => results.refresh(actor, slug),
      () => results.exportCsv(actor, slug),
      () => results.exportJson(actor, slug),
      () => results.lookEarly(actor, slug),
    ])
      await expect(call()).rejects.toMatchObject({ code: "not_allowed" });
    await expect(results.get(fixture.admin, "no-such")).rejects.toMatchObject({ code: "not_found" });
    await expect(results.refresh(fixture.admin, "no-such")).rejects.toMatchObject({ code: "not_found" });
    expect(await results.latest(fixture.admin, slug)).toEqual({ asOf: null, hasReceipt: false });
    expect(await results.get(fixture.admin, slug)).toEqual({
      slug,
      figures: "withheld",
      isAllWithheld: true,
      counts: null,
      result: null,
      receipt: null,
    });
  });

  it("exports a table in which no spreadsheet finds a formula", async () => {
    const { slug } = await anExperiment();
    await anAssignment(fixture.database.pool, slug, { exposedAt: longAgo() });
    await refresh(slug);
    const [header, ...lines] = (await fixture.module.results.exportCsv(fixture.admin, slug))
      .trim()
      .split("\n");
    expect(header).toContain("metric,role,variant,subjects");
    expect(lines.map((line) => line.split(",").slice(0, 5))).toEqual([
      ["event:clicked", "primary", "control", "1", ""],
      ["event:clicked", "primary", "urgent", "0", ""],
    ]);
  });

  it("knows what is due: what was never counted, what is old, and an end without a receipt", async () => {
    const { pool } = fixture.database;
    const detail = await anExperiment();
    const { slug } = detail;
    const due = () => fixture.module.recounts.findDue();
    expect(await due()).toContain(slug);
    await refresh(slug);
    expect(await due()).not.toContain(slug);
    const age = () =>
      pool.query(
        `UPDATE "ExperimentResult" SET "createdAt" = now() - interval '6 minutes' WHERE "experimentSlug" = $1 AND NOT "isReceipt"`,
        [slug],
      );
    await age();
    expect(await due()).toContain(slug);
    await conclude(detail);
    expect(await due()).not.toContain(slug);
    await pool.query(`DELETE FROM "ExperimentResult" WHERE "experimentSlug" = $1 AND "isReceipt"`, [slug]);
    // It was tried a moment ago.
    expect(await due()).not.toContain(slug);
    await age();
    expect(await due()).toContain(slug);
    await pool.query(
      `UPDATE "ExperimentResult" SET "createdAt" = now(), "result" = "result" || '{"endedAt": null}' WHERE "experimentSlug" = $1`,
      [slug],
    );
    expect(await due()).toContain(slug);
  });
});

describe("a receipt", () => {
  async function aConcludedExperiment() {
    const { pool } = fixture.database;
    const detail = await anExperiment();
    const userId = await createUser(fixture.database);
    const visitorId = randomUUID();
    const exposedAt = longAgo();
    const id = await anAssignment(pool, detail.slug, { visitorId, exposedAt });
    await aConversion(pool, id, { at: at(exposedAt) });
    await fixture.module.experiments.linkVisitor(userId, visitorId);
    await manySubjects(pool, detail.slug, { variant: "urgent", n: 300, converted: 40, exposedAt });
    await conclude(detail);
    return { slug: detail.slug, id, userId };
  }
  const at = (exposedAt: Date) => new Date(exposedAt.getTime() + HOUR_MS);
  const verify = (slug: string) => fixture.module.verification.verify(slug);

  it("is there when the conclusion has answered, is verified, and cannot be changed", async () => {
    const { slug } = await aConcludedExperiment();
    const { receipt, result } = await fixture.module.results.get(fixture.admin, slug);
    expect(receipt?.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(receipt?.concludedAt).toBe(result?.endedAt);
    expect(await verify(slug)).toMatchObject({ matches: true, changes: [], remarks: [] });
    await expect(
      fixture.database.pool.query(
        `UPDATE "ExperimentResult" SET "result" = '{}' WHERE "experimentSlug" = $1 AND "isReceipt"`,
        [slug],
      ),
    ).rejects.toMatchObject({ code: "CX004" });
    await refresh(slug);
    expect((await fixture.module.results.get(fixture.admin, slug)).receipt).toEqual(receipt);
  });

  it("is not made before the end has come by the database's clock, which another may be ahead of", async () => {
    const { pool } = fixture.database;
    const { slug } = await anExperiment();
    await anAssignment(pool, slug, { exposedAt: longAgo() });
    const concludeAt = (endedAt: string) =>
      pool.query(
        `UPDATE "Feature" SET "enabled" = false, "metadata" = "metadata" || jsonb_build_object('status', 'concluded',
           'endedAt', to_char((clock_timestamp() + $2::interval) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
         WHERE "slug" = $1`,
        [slug, endedAt],
      );
    const receipt = async () => (await fixture.module.results.get(fixture.admin, slug)).receipt;
    await concludeAt("1 hour");
    await fixture.module.recounts.recount(slug, { isPatient: true });
    expect(await receipt()).toBeNull();
    await concludeAt("-1 second");
    await fixture.module.recounts.recount(slug, { isPatient: true });
    expect(await receipt()).not.toBeNull();
  });

  it("finds a row that was changed, and says where and which number", async () => {
    const { slug, id } = await aConcludedExperiment();
    await fixture.database.pool.query(`UPDATE "ExperimentVariant" SET "variant" = 'urgent' WHERE "id" = $1`, [
      id,
    ]);
    const { matches, changes } = await verify(slug);
    expect(matches).toBe(false);
    expect(changes.join("\n")).toContain(
      `Rows of assignments differ where the assignment's id begins with ${id.slice(0, 2)}: changed.`,
    );
    expect(changes.join("\n")).toContain("event:clicked of control in epoch 1");
  });

  it("finds a conversion that was added, though it changes no number", async () => {
    const { slug, id } = await aConcludedExperiment();
    await aConversion(fixture.database.pool, id, { event: "bought", at: at(longAgo()) });
    const { matches, changes } = await verify(slug);
    expect(matches).toBe(false);
    expect(changes).toEqual([
      `Rows of conversions differ where the assignment's id begins with ${id.slice(0, 2)}: 1 more than there were, recorded after the receipt was made.`,
    ]);
  });

  it("still holds where a subject was erased, and names it", async () => {
    const { slug, userId } = await aConcludedExperiment();
    await fixture.database.pool.query(`DELETE FROM "User" WHERE "id" = $1`, [userId]);
    const { matches, changes, remarks } = await verify(slug);
    expect({ matches, changes }).toEqual({ matches: true, changes: [] });
    expect(remarks.join("\n")).toContain("1 subject was erased since");
  });

  it("of before keys were erased too is held to them, until somebody was erased, and then to its rows", async () => {
    const { pool } = fixture.database;
    const { slug, id, userId } = await aConcludedExperiment();
    const { rows } = await pool.query(
      `SELECT "result" FROM "ExperimentResult" WHERE "experimentSlug" = $1 AND "isReceipt"`,
      [slug],
    );
    const { hash: _, digest: __, ...rest }: Receipt = rows[0].result;
    const { digest } = await new RecountRepository(pool).runWithDigest(() => rest, {
      endedAt: rest.concludedAt,
      form: 1,
    });
    const { form: ___, ...old } = digest;
    const content = { ...rest, digest: old };
    await pool.query(`DELETE FROM "ExperimentResult" WHERE "experimentSlug" = $1 AND "isReceipt"`, [slug]);
    await pool.query(
      `INSERT INTO "ExperimentResult" ("experimentSlug", "asOf", "isReceipt", "result") VALUES ($1, $2, true, $3)`,
      [slug, rest.result.asOf, JSON.stringify({ ...content, hash: hashReceipt(content) })],
    );
    expect(await verify(slug)).toMatchObject({ matches: true, changes: [] });
    await pool.query(`DELETE FROM "User" WHERE "id" = $1`, [userId]);
    expect(await verify(slug)).toMatchObject({ matches: true, changes: [] });
    await aConversion(pool, id, { event: "bought", at: at(longAgo()) });
    expect(await verify(slug)).toMatchObject({ matches: false });
  });

  it("is made in the background where the conclusion could not make it", async () => {
    const { slug } = await aConcludedExperiment();
    await fixture.database.pool.query(`DELETE FROM "ExperimentResult" WHERE "experimentSlug" = $1`, [slug]);
    await expect(verify(slug)).rejects.toMatchObject({ code: "not_found" });
    await fixture.module.recounts.recount(slug);
    expect(await verify(slug)).toMatchObject({ matches: true });
  });
});
