import type { Benchmark, Measurement } from "../benchmark";
import { defineMetric, type Fixture, registerMetrics } from "../internals";
import { median } from "../statistics";
import type { Workbench } from "../workbench";
import { addRows, type Load, loadExperiment } from "./load";

/** A million, or as many as RECOUNT_ASSIGNMENTS says; a fifth as many conversions. */
const LARGE = sizeOf(Number(process.env.RECOUNT_ASSIGNMENTS ?? 1_000_000));
const SMALL = { assignments: 100_000, conversions: 20_000 };

interface Data {
  large: string;
  small: string;
  /** As large as the large one, of metrics whose new rows are added. */
  folded(): Promise<string>;
  /** Milliseconds for the small one while the tables hold nothing else. */
  smallAloneMs: number;
}

function sizeOf(assignments: number): Load {
  if (!Number.isInteger(assignments / 10) || assignments < 1_000_000)
    throw new RangeError("RECOUNT_ASSIGNMENTS is a multiple of ten, and a million at least.");
  return { assignments, conversions: assignments / 5 };
}

/** What counting may take, by its rows: a second for each million. */
const LARGE_MS = LARGE.assignments / 1_000;
const NAME = LARGE.assignments.toLocaleString("en");

const loaded = new WeakMap<Workbench, Promise<Data>>();

/** Loaded once for all: the small one first, and counted before the large one is there. */
function dataOf(workbench: Workbench): Promise<Data> {
  let data = loaded.get(workbench);
  if (data === undefined) {
    data = load(workbench);
    loaded.set(workbench, data);
  }
  return data;
}

async function load(workbench: Workbench): Promise<Data> {
  registerMetrics([
    defineMetric({
      key: "bench-revenue",
      name: "Revenue",
      kind: "mean",
      source: { events: ["bought"], take: "value" },
      winsorize: { percentile: 0.99 },
    }),
  ]);
  const fixture = await workbench.fixture();
  const small = await loadExperiment(fixture, SMALL);
  const smallAloneMs = await recountMs(fixture, small, 9);
  const large = await loadExperiment(fixture, LARGE);
  // The same rows, asked for without the cap at a percentile.
  const folded = () => askWithoutCap(fixture, large);
  return { small, smallAloneMs, large, folded };
}

/** From now on: it has to be the last that is measured. */
async function askWithoutCap({ database }: Fixture, slug: string): Promise<string> {
  registerMetrics([
    defineMetric({
      key: "bench-spent",
      name: "Spent",
      kind: "mean",
      source: { events: ["bought"], take: "value" },
      winsorize: { value: 90 },
    }),
  ]);
  await database.pool.query(
    `UPDATE "Feature" SET "metadata" = jsonb_set("metadata", '{metrics,secondary}', '["bench-spent"]') WHERE "slug" = $1`,
    [slug],
  );
  return slug;
}

/**
 * What the refresher does: count, look, store. The first time, which makes all looks of the past, only warms up. The
 * fastest of the others: two figures that are compared are minutes apart, and what else runs on the machine only adds.
 */
async function recountMs({ module }: Fixture, slug: string, rounds: number): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const start = performance.now();
    if ((await module.recounts.recount(slug)) === null) throw new Error(`${slug} was not counted.`);
    if (round > 0) times.push(performance.now() - start);
  }
  return Math.min(...times);
}

export const resultsPage: Benchmark = {
  id: "results-page-ms",
  name: `Results of ${NAME} assignments as the page reads them, against 5 ms`,
  goal: { atMost: 1 },
  async run(workbench): Promise<Measurement> {
    const fixture = await workbench.fixture();
    const { large, small } = await dataOf(workbench);
    await fixture.module.recounts.recount(large);
    const read = async (slug: string) => {
      const times: number[] = [];
      for (let call = 0; call < 300; call++) {
        const start = performance.now();
        await fixture.module.results.get(fixture.admin, slug);
        times.push(performance.now() - start);
      }
      return median(times);
    };
    const [ours, ofSmall] = [await read(large), await read(small)];
    return { ours, anchor: 5, ratio: ours / 5, notes: [`${ofSmall.toFixed(2)} ms at 100 k assignments`] };
  },
};

export const recountLarge: Benchmark = {
  id: "recount-1m-ms",
  name: `One recount of ${NAME} assignments and a fifth as many conversions, two metrics, against a second for each million`,
  goal: { atMost: 1 },
  async run(workbench): Promise<Measurement> {
    const fixture = await workbench.fixture();
    const { large } = await dataOf(workbench);
    const ours = await recountMs(fixture, large, 5);
    return { ours, anchor: LARGE_MS, ratio: ours / LARGE_MS, notes: [] };
  },
};

export const recountGrowth: Benchmark = {
  id: "recount-growth",
  name: `A recount of 100,000 assignments beside ${NAME} of another experiment, against alone (ms)`,
  goal: { atMost: 1.3 },
  async run(workbench): Promise<Measurement> {
    const fixture = await workbench.fixture();
    const { large, small, smallAloneMs } = await dataOf(workbench);
    const beside = await recountMs(fixture, small, 9);
    const growth = (await recountMs(fixture, large, 5)) / beside;
    const rows = LARGE.assignments / SMALL.assignments;
    return {
      ours: beside,
      anchor: smallAloneMs,
      ratio: beside / smallAloneMs,
      alsoMet: growth <= rows,
      notes: [`${rows} times the rows take ${growth.toFixed(1)} × the time (goal: ≤ ${rows})`],
    };
  },
};

const NEW = 10_000;
const NEW_MS = 100;

/** Half of them are new visitors who see their variant, and half are conversions of visitors old and new. */
export const recountOfNew: Benchmark = {
  id: "recount-new-ms",
  name: `A recount after ${NEW.toLocaleString("en")} new rows at ${NAME} assignments, against ${NEW_MS} ms`,
  goal: { atMost: 1 },
  async run(workbench): Promise<Measurement> {
    const fixture = await workbench.fixture();
    const { module } = fixture;
    const data = await dataOf(workbench);
    const folded = await data.folded();
    const recount = async () => {
      const start = performance.now();
      if ((await module.recounts.recount(folded)) === null) throw new Error(`${folded} was not counted.`);
      return performance.now() - start;
    };
    const wholeMs = await recount();
    const times: number[] = [];
    for (let round = 0; round <= ROUNDS_OF_NEW; round++) {
      await addRows(fixture, folded, NEW);
      const ms = await recount();
      if (round > 0) times.push(ms);
    }
    const ours = median(times);
    return {
      ours,
      anchor: NEW_MS,
      ratio: ours / NEW_MS,
      alsoMet: Math.max(...times) <= NEW_MS,
      notes: [
        `between ${Math.min(...times).toFixed(0)} and ${Math.max(...times).toFixed(0)} ms in ${ROUNDS_OF_NEW} rounds; the first recount, of all rows, took ${wholeMs.toFixed(0)} ms`,
      ],
    };
  },
};

const ROUNDS_OF_NEW = 5;

export const resultsBenchmarks = [resultsPage, recountLarge, recountGrowth, recountOfNew];
