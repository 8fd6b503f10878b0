import { expect, test } from "vitest";
import { aResult } from "../components/analytics/charts/testing/results";
import { defineEventMetric, defineMetric } from "../metrics/define-metric";
import { buildDays } from "./days";
import { hidePeople } from "./hide-people";
import { describeRange } from "./range";
import type { Recount } from "./recount-rows";
import { withholdResult } from "./withhold";

const bought = defineEventMetric("bought");
const revenue = defineMetric({
  key: "revenue",
  name: "Revenue",
  kind: "mean",
  source: { events: ["bought"], take: "value" },
});
const did = (metric: string, day: string, variant: string, n: number, yMean: number, epoch = 1) => ({
  metric,
  epoch,
  variant,
  day,
  n,
  conversions: n,
  yMean,
  yM2: 0,
  xMean: 0,
  xM2: 0,
  comoment: 0,
});
const came = (day: string | null, variant: string, n: number, epoch = 1) => ({ epoch, variant, day, n });
const recount: Recount = {
  imported: 0,
  mixed: 0,
  population: [
    came("2026-11-03", "control", 90),
    came("2026-11-03", "urgent", 100),
    came("2026-11-04", "control", 150),
    came("2026-11-04", "urgent", 150, 2),
    came("2026-11-05", "urgent", 60, 2),
    came(null, "urgent", 7),
  ],
  erased: [],
  moments: [
    did("event:bought", "2026-11-03", "urgent", 10, 1),
    did("event:bought", "2026-11-04", "urgent", 30, 1, 2),
    did("event:bought", "2026-11-05", "urgent", 60, 1, 2),
    did("revenue", "2026-11-03", "urgent", 10, 20),
  ],
  novelty: [],
  segments: [],
};
const info = ({ key, name, kind }: typeof bought | typeof revenue, role: "primary" | "secondary") => ({
  key,
  name,
  kind,
  role,
  version: "1",
  epochs: [],
});
const result = aResult({
  metrics: [info(bought, "primary"), info(revenue, "secondary")],
  days: buildDays(recount, [bought, revenue], "2026-11-05"),
});
const days = (from: string, to: string) => ({ from, to });

test("a range has those who came on its days and whose window has closed, and what they brought", () => {
  const view = describeRange(result, days("2026-11-03", "2026-11-04"), null);
  expect(view.exposed).toEqual({ urgent: 250, control: 240 });
  expect(view.metrics.map(({ key, rows }) => [key, rows])).toEqual([
    [
      "event:bought",
      [
        { variant: "urgent", subjects: 250, converted: 40, value: 40 / 250 },
        { variant: "control", subjects: 240, converted: 0, value: 0 },
      ],
    ],
    [
      "revenue",
      [
        { variant: "urgent", subjects: 250, converted: null, value: 200 / 250 },
        { variant: "control", subjects: 240, converted: null, value: 0 },
      ],
    ],
  ]);
  expect(view.phases).toBe(2);
});

test("of a day whose windows are open, only exposures are told; of a day without anybody nothing", () => {
  const open = describeRange(result, days("2026-11-05", "2026-11-05"), null);
  expect(open.exposed).toEqual({ urgent: 60, control: 50 });
  expect(open.metrics[0]?.rows[0]).toEqual({ variant: "urgent", subjects: 0, converted: 0, value: null });
  const none = describeRange(result, days("2020-01-01", "2020-01-02"), null);
  expect([none.exposed, none.phases]).toEqual([{ urgent: 0, control: 0 }, 0]);
});

test("a range never compares: it has no p, no interval, no chance and no verdict", () => {
  const told = JSON.stringify(describeRange(result, days("2026-11-03", "2026-11-05"), null));
  expect(told).not.toMatch(/"p"|interval|lift|chance|verdict|pAdjusted/i);
});

test("what waits by variant waits in every range", () => {
  const all = { isAll: true, metrics: new Set(["event:bought", "revenue"]) };
  const view = describeRange(result, days("2026-11-03", "2026-11-03"), all);
  expect([view.isWithheld, view.metrics]).toEqual([true, []]);
  const some = { isAll: false, metrics: new Set(["revenue"]) };
  const keys = describeRange(result, days("2026-11-03", "2026-11-03"), some).metrics.map(({ key }) => key);
  expect(keys).toEqual(["event:bought"]);
});

test("no door gives all days: neither a result that may be read, nor one that is withheld", () => {
  expect(hidePeople(result)).not.toHaveProperty("days");
  expect(withholdResult(result, { isAll: true, metrics: new Set() })).not.toHaveProperty("days");
});

test("a result from before days were kept says that it has none", () => {
  const { days: _, ...before } = result;
  const view = describeRange(before, days("2026-11-03", "2026-11-04"), null);
  expect([view.isCounted, view.exposed]).toEqual([false, { urgent: 250, control: 240 }]);
});

test("a metric that was not registered at the start is marked in a range too", () => {
  const metrics = result.metrics.map(
    (one) => ({ ...one, isChosenAfterStart: true, isRedefined: true }) as const,
  );
  const view = describeRange({ ...result, metrics }, days("2026-11-03", "2026-11-04"), null);
  expect(view.metrics).toMatchObject(Array(2).fill({ isChosenAfterStart: true, isRedefined: true }));
});
