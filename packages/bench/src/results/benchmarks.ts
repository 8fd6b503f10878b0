import type { Benchmark, Measurement } from "../benchmark";
import { defineMetric, type Fixture, registerMetrics } from "../internals";
import { median } from "../statistics";
import type { Workbench } from "../workbench";
import { loadExperiment } from "./load";

const LARGE = { assignments: 1_000_000, conversions: 200_000 };
const SMALL = { assignments: 100_000, conversions: 20_000 };

interface Data {
  large: string;
  small: string;
  /** Milliseconds for the small one while the tables hold nothing else. */
  smallAloneMs: number;
}

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
  return { small, smallAloneMs, large: await loadExperiment(fixture, LARGE) };
}

/** What the refresher does: count, look, store. The first time, which makes all looks of the past, only warms up. */
async function recountMs({ module }: Fixture, slug: string, rounds: number): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const start = performance.now();
    if ((await module.results.recount(slug)) === null) throw new Error(`${slug} was not counted.`);
    if (round > 0) times.push(performance.now() - start);
  }
  return median(times);
}

export const resultsPage: Benchmark = {
  id: "results-page-ms",
  name: "Results of 1 M assignments as the page reads them, against 5 ms",
  goal: { atMost: 1 },
  async run(workbench): Promise<Measurement> {
    const fixture = await workbench.fixture();
    const { large, small } = await dataOf(workbench);
    await fixture.module.results.recount(large);
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
  name: "One recount of 1 M assignments and 200 k conversions, two metrics, against 1,000 ms",
  goal: { atMost: 1 },
  async run(workbench): Promise<Measurement> {
    const fixture = await workbench.fixture();
    const { large } = await dataOf(workbench);
    const ours = await recountMs(fixture, large, 5);
    return { ours, anchor: 1_000, ratio: ours / 1_000, notes: [] };
  },
};

export const recountGrowth: Benchmark = {
  id: "recount-growth",
  name: "A recount of 100 k assignments beside 1 M of another experiment, against alone (ms)",
  goal: { atMost: 1.3 },
  async run(workbench): Promise<Measurement> {
    const fixture = await workbench.fixture();
    const { large, small, smallAloneMs } = await dataOf(workbench);
    const beside = await recountMs(fixture, small, 9);
    const growth = (await recountMs(fixture, large, 3)) / beside;
    return {
      ours: beside,
      anchor: smallAloneMs,
      ratio: beside / smallAloneMs,
      alsoMet: growth <= LARGE.assignments / SMALL.assignments,
      notes: [`ten times the rows take ${growth.toFixed(1)} × the time (goal: ≤ 10)`],
    };
  },
};

export const resultsBenchmarks = [resultsPage, recountLarge, recountGrowth];
