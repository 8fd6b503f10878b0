import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { defineMetric } from "../../metrics/define-metric";
import { MetricRegistry } from "../../metrics/registry";
import { ExperimentConfigsRepository } from "../../serve/config/experiment-configs.repository";
import { aRunningExperiment, createFixture, type Fixture } from "../../testing/database-fixtures";
import { type ExperimentMetrics, NO_METRICS } from "../../types/metrics";
import type { Unit } from "../../types/settings";
import type { AllRows } from "../fold-counts";
import { buildEpochs } from "../grid";
import type { Recount } from "../recount-rows";
import { FoldRepository } from "./fold.repository";
import { countNew } from "./foldable-results";
import { RecountRepository } from "./recount.repository";
import { buildRun, type CountedExperiment, readCounted } from "./recount-run";
import { StatsRepository } from "./stats.repository";
import { createTeams, createUsers, randomFrom } from "./testing/random-people";
import { RandomRows } from "./testing/random-rows";

// biome-ignore lint/style/noProcessEnv: this is a knob of this test alone, for nights longer than a CI run.
const HISTORIES = Number(process.env.EXPERIMENTS_MODEL_RUNS ?? 6);
const STEPS = 12;

const { connectionString } = await testDatabase();
const registry = new MetricRegistry();
registry.register([
  defineMetric({
    key: "revenue",
    name: "Revenue",
    kind: "mean",
    source: { events: ["bought"], take: "value" },
    winsorize: { value: 120 },
    bounds: { min: 0, max: 90 },
  }),
  defineMetric({
    key: "balance",
    name: "Balance",
    kind: "mean",
    source: { events: ["settled", "bought"], take: "value" },
    bounds: { min: -1_000, max: 1_000 },
  }),
  defineMetric({
    key: "value-per-purchase",
    name: "Value per purchase",
    kind: "ratio",
    numerator: { events: ["bought"], take: "value" },
    denominator: { events: ["bought"] },
  }),
  defineMetric({
    key: "capped",
    name: "Capped",
    kind: "mean",
    source: { events: ["bought"], take: "value" },
    winsorize: { percentile: 0.9 },
  }),
]);
const METRICS: ExperimentMetrics = {
  primary: "event:clicked",
  secondary: ["revenue", "balance", "value-per-purchase"],
  guardrails: [],
};

let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture(connectionString, { metrics: registry });
});
afterAll(() => fixture.close());

const UNITS: Unit[] = ["visitor", "user", "visitor", "team"];
/** Of these, results are counted whole each time, and only the counts from what is new. */
const isCapped = (seed: number) => seed % 3 === 0;
const metricsOf = (seed: number) =>
  isCapped(seed) ? { ...METRICS, secondary: ["capped"] } : seed % 5 === 0 ? NO_METRICS : METRICS;

test.each(
  Array.from({ length: HISTORIES }, (_, index) => [index + 1, UNITS[index % UNITS.length] as Unit] as const),
)(
  "what is new added to what was counted is what all rows give, at each step of a random history (seed %i, by %s)",
  { timeout: 180_000 },
  async (seed, unit) => {
    const { pool } = fixture.database;
    const random = randomFrom(seed);
    const experiment = await anExperiment(unit, metricsOf(seed));
    const { slug } = experiment;
    const users = await createUsers(pool, 60);
    const teams = unit === "team" ? await createTeams(pool, users) : [];
    const rows = new RandomRows(pool, { slug, unit, random, users, teams });
    // The transaction that a step has left open would hold up what follows.
    onTestFinished(() => rows.end());
    const folds = new FoldRepository(pool);
    const count = vi.spyOn(folds, "count");
    await rows.start();
    let folded = 0;
    for (let step = 0; step < STEPS; step++) {
      const done = step === 0 ? ["start"] : await rows.step();
      // What is counted is also told by another window, now and then.
      if (random() < 0.05) experiment.config.conversionWindowDays = 3 + Math.floor(random() * 3);
      const after = `after ${done.join(", ")} in step ${step}`;
      const { config } = experiment;
      const question = { unit, windowDays: config.conversionWindowDays, endedAt: null };
      const counted = await countNew(folds, experiment);
      expect(counted === null, "counted whole").toBe(isCapped(seed));
      if (counted?.results) {
        const all = await new RecountRepository(pool).run((asOf) => buildRun(experiment, asOf));
        expectSame(counted.results.recount, all.recount, experiment, after);
      }
      const ours = counted?.counts ?? (await new StatsRepository(pool, pool, folds).take(slug, question));
      const plain = await new StatsRepository(pool).take(slug, question);
      expect(sortCounts(ours.counted), after).toEqual(sortCounts(plain.counted));
      if ((await count.mock.results.at(-1)?.value)?.isFolded) folded++;
    }
    expect(folded, "steps that read only what was new").toBeGreaterThan(0);
  },
);

test("a row of a transaction that was open at two recounts counts once it is committed, however late", async () => {
  const { pool } = fixture.database;
  const experiment = await anExperiment("visitor");
  const folds = new FoldRepository(pool);
  const countExposed = async () => {
    const counted = await countNew(folds, experiment);
    return counted?.results?.recount.population.reduce((sum, { n }) => sum + n, 0);
  };
  const enrol = (on: Pick<typeof pool, "query">) =>
    on.query(
      `INSERT INTO "ExperimentVariant" ("experimentSlug", "variant", "visitorId", "assignmentType", "epoch", "exposedAt")
       VALUES ($1, 'control', gen_random_uuid(), 'DETERMINISTIC', 1, now())`,
      [experiment.slug],
    );
  const late = await pool.connect();
  try {
    await late.query("BEGIN");
    await enrol(late);
    await enrol(pool);
    expect(await countExposed()).toBe(1);
    await enrol(pool);
    expect(await countExposed()).toBe(2);
    await late.query("COMMIT");
  } finally {
    late.release();
  }
  const count = vi.spyOn(folds, "count");
  expect(await countExposed()).toBe(3);
  expect((await count.mock.results[0]?.value)?.isFolded).toBe(true);
  expect(await countExposed()).toBe(3);
});

test("browsers of an erased person who no longer are one person's are counted whole, seen or not", async () => {
  const { pool } = fixture.database;
  const experiment = await anExperiment("visitor");
  const [user] = await createUsers(pool, 1);
  const { rows } = await pool.query<{ id: string; visitorId: string }>(
    `INSERT INTO "ExperimentVariant" ("experimentSlug", "variant", "visitorId", "assignmentType", "epoch", "assignedAt")
     SELECT $1, variant, gen_random_uuid(), 'DETERMINISTIC', 1, now() - ago
     FROM (VALUES ('control', interval '2 hours'), ('urgent', interval '1 hour')) AS browser (variant, ago)
     RETURNING "id", "visitorId"`,
    [experiment.slug],
  );
  for (const { visitorId } of rows)
    await pool.query(`INSERT INTO "VisitorLink" ("visitorId", "userId") VALUES ($1, $2)`, [visitorId, user]);
  const question = { unit: "visitor", windowDays: 5, endedAt: null } as const;
  const countBoth = async () => {
    const [folded, plain] = [
      new StatsRepository(pool, pool, new FoldRepository(pool)),
      new StatsRepository(pool),
    ];
    const [ours, all] = [
      await folded.take(experiment.slug, question),
      await plain.take(experiment.slug, question),
    ];
    expect(sortCounts(ours.counted)).toEqual(sortCounts(all.counted));
    return all.counted.variants.map(({ variant, exposed }) => [variant, exposed]);
  };
  expect(await countBoth()).toEqual([["control", 0]]);
  await pool.query(`DELETE FROM "User" WHERE "id" = $1`, [user]);
  expect(await countBoth()).toEqual([["control", 0]]);
  // The other browser was first to see its variant.
  await pool.query(`UPDATE "ExperimentVariant" SET "exposedAt" = now() WHERE "id" = $1`, [rows[1]?.id]);
  expect(await countBoth()).toEqual([["urgent", 1]]);
  // Past the application: by what is left of the person, nothing tells any more whose browser this was.
  await pool.query(`UPDATE "ExperimentVariant" SET "exposedAt" = now(), "metadata" = NULL WHERE "id" = $1`, [
    rows[0]?.id,
  ]);
  expect((await countBoth()).sort()).toEqual([
    ["control", 1],
    ["urgent", 1],
  ]);
});

test("what does not add up, or was counted of other tables, is counted whole", async () => {
  const { pool } = fixture.database;
  const folds = new FoldRepository(pool);
  const count = vi.spyOn(folds, "count");
  const capped = await anExperiment("user", { ...METRICS, secondary: ["capped"] });
  expect(await countNew(folds, capped)).toBeNull();
  const ended = await anExperiment("user");
  await countNew(folds, ended);
  ended.config.endedAt = new Date().toISOString();
  expect(await countNew(folds, ended)).toBeNull();
  const { rows } = await pool.query(`SELECT FROM "ExperimentFold" WHERE "experimentSlug" = $1`, [ended.slug]);
  expect(rows, "kept of one that has ended").toEqual([]);

  const restored = await anExperiment("user");
  await new StatsRepository(pool, pool, folds).take(restored.slug, {
    unit: "user",
    windowDays: 5,
    endedAt: null,
  });
  await countNew(folds, restored);
  const { rows: kinds } = await pool.query(
    `SELECT "kind" FROM "ExperimentFold" WHERE "experimentSlug" = $1`,
    [restored.slug],
  );
  expect(kinds, "kept where results include the counts").toEqual([{ kind: "results" }]);
  await countNew(folds, restored);
  expect((await count.mock.results.at(-1)?.value)?.isFolded).toBe(true);
  // As in a database into which this one was restored: its transactions have smaller numbers.
  await pool.query(
    `UPDATE "ExperimentFold" SET "snapshot" = '900000000:900000000:' WHERE "experimentSlug" = $1`,
    [restored.slug],
  );
  await countNew(folds, restored);
  expect((await count.mock.results.at(-1)?.value)?.isFolded).toBe(false);
});

test("more rows than are quickly read one by one are counted with all others", async () => {
  const { pool } = fixture.database;
  const experiment = await anExperiment("visitor");
  const folds = new FoldRepository(pool, { most: 20 });
  const count = vi.spyOn(folds, "count");
  const enrol = (rows: number) =>
    pool.query(
      `INSERT INTO "ExperimentVariant" ("experimentSlug", "variant", "visitorId", "assignmentType", "epoch")
       SELECT $1, 'control', gen_random_uuid(), 'DETERMINISTIC', 1 FROM generate_series(1, $2::int)`,
      [experiment.slug, rows],
    );
  const convert = (rows: number) =>
    pool.query(
      `INSERT INTO "ExperimentConversion" ("assignmentId", "conversionEvent", "idempotencyKey")
       SELECT "id", 'clicked', gen_random_uuid() FROM "ExperimentVariant" WHERE "experimentSlug" = $1 LIMIT $2`,
      [experiment.slug, rows],
    );
  await countNew(folds, experiment);
  for (const [write, rows, isFolded] of [
    [enrol, 20, true],
    [convert, 20, true],
    [enrol, 21, false],
    [convert, 21, false],
  ] as const) {
    await write(rows);
    const { counts } = (await countNew(folds, experiment)) ?? {};
    const { rows: found } = await pool.query(
      `SELECT count(*)::int AS n FROM "ExperimentVariant" WHERE "experimentSlug" = $1`,
      [experiment.slug],
    );
    expect(counts?.counted.assignments).toBe(found[0].n);
    expect((await count.mock.results.at(-1)?.value)?.isFolded, `${rows} new`).toBe(isFolded);
  }
});

async function anExperiment(unit: Unit, metrics: ExperimentMetrics = METRICS) {
  const { pool } = fixture.database;
  const { slug } = await aRunningExperiment(fixture, {
    unit,
    clientEvents: ["clicked"],
    conversionWindowDays: 5,
    metrics,
  });
  await pool.query(
    `INSERT INTO "ExperimentEpoch" ("experimentSlug", "number", "weights", "trafficPercentage")
     VALUES ($1, 2, '{"control": 50, "urgent": 50}', 100)`,
    [slug],
  );
  const read = await readCounted({ configs: new ExperimentConfigsRepository(pool), metrics: registry }, slug);
  if (!read?.ok) throw new Error("It cannot be read.");
  return structuredClone(read.counted) as CountedExperiment;
}

function expectSame(folded: Recount, all: Recount, { planning }: CountedExperiment, after: string): void {
  expect([folded.imported, folded.mixed], after).toEqual([all.imported, all.mixed]);
  for (const part of ["population", "erased", "segmentSplit", "smallSegments"] as const)
    expect(sorted<object>(folded[part]), `${part} ${after}`).toEqual(sorted<object>(all[part]));
  for (const part of ["moments", "segments"] as const)
    expectClose(withoutLeast(folded[part]), withoutLeast(all[part]), `${part} ${after}`);
  expectClose(
    folded.novelty.filter(({ value }) => value !== 0),
    all.novelty.filter(({ value }) => value !== 0),
    `novelty ${after}`,
  );
  // As the engine reads it, whatever the look: with the smallest of each variant.
  const days = [null, ...new Set(all.population.flatMap(({ day }) => day ?? []))];
  for (const { metric } of planning.metrics)
    for (const cut of days) {
      const [ours, theirs] = [folded, all].map((one) => buildEpochs(one, metric, new Map(), cut));
      expectClose(ours ?? [], theirs ?? [], `${metric.key} before ${cut} ${after}`);
    }
}

function withoutLeast(rows: readonly object[]): object[] {
  return rows.map((row) => ({ ...row, yMin: undefined, xMin: undefined, isLoose: undefined }));
}

/** Integers are the same to the last digit; sums of fractions but for their rounding. */
function expectClose(ours: readonly object[], theirs: readonly object[], message: string): void {
  const [a, b] = [ours, theirs].map((rows) => sorted(rows).map(flatten));
  expect(
    a?.map((row) => row.map(([key]) => key)),
    message,
  ).toEqual(b?.map((row) => row.map(([key]) => key)));
  a?.forEach((row, index) => {
    row.forEach(([key, value], place) => {
      const other = b?.[index]?.[place]?.[1];
      if (typeof value !== "number" || Number.isInteger(other)) {
        if (typeof value === "number" && !Number.isInteger(value))
          expect(value, `${key}: ${message}`).toBeCloseTo(other as number, 7);
        else expect(value, `${key}: ${message}`).toBe(other);
      } else
        expect(Math.abs(value - Number(other)), `${key}: ${message}`).toBeLessThan(
          1e-9 * Math.max(1, Math.abs(value)),
        );
    });
  });
}

function flatten(row: object): [string, unknown][] {
  return Object.entries(row)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => a.localeCompare(b))
    .flatMap(([key, value]): [string, unknown][] =>
      typeof value === "object" && value !== null
        ? flatten(value).map(([inner, one]) => [`${key}.${inner}`, one])
        : [[key, value]],
    );
}

const NAMES = ["metric", "fact", "value", "epoch", "variant", "day"];

function sorted<T extends object>(rows: readonly T[] | undefined): T[] {
  const keyOf = (row: T) => JSON.stringify(NAMES.map((name) => (row as Record<string, unknown>)[name]));
  // The value of a day is a figure, and that of a fact a name.
  const isFigure = (row: T) => "value" in row && !("fact" in row);
  return [...(rows ?? [])].sort((a, b) =>
    (isFigure(a) ? keyOf({ ...a, value: 0 }) : keyOf(a)).localeCompare(
      isFigure(b) ? keyOf({ ...b, value: 0 }) : keyOf(b),
    ),
  );
}

function sortCounts(rows: AllRows): AllRows {
  return {
    ...rows,
    variants: [...rows.variants].sort((a, b) => a.variant.localeCompare(b.variant)),
    recent: [...rows.recent].sort((a, b) => a.at - b.at),
  };
}
