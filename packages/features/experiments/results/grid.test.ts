import { expect, test } from "vitest";
import { defineMetric } from "../metrics/define-metric";
import { buildEpochs } from "./grid";
import type { MomentsRow, Recount } from "./recount-rows";

const balance = defineMetric({
  key: "balance",
  name: "Balance",
  kind: "mean",
  source: { events: ["settled"], take: "value" },
});
const perOrder = defineMetric({
  key: "per-order",
  name: "Value per order",
  kind: "ratio",
  numerator: { events: ["settled"], take: "value" },
  denominator: { events: ["settled"] },
});

function row(metric: string, day: string, changes: Partial<MomentsRow>): MomentsRow {
  const none = { yMean: 0, yM2: 0, xMean: 1, xM2: 0, comoment: 0 };
  return { metric, epoch: 1, variant: "control", day, n: 2, conversions: 0, ...none, ...changes };
}

function recountOf(n: number, moments: MomentsRow[]): Recount {
  const population = [{ epoch: 1, variant: "control", day: "2026-09-01", n }];
  return { imported: 0, mixed: 0, population, erased: [], moments, novelty: [], segments: [] };
}

const armOf = (recount: Recount, metric = balance) =>
  buildEpochs(recount, metric, new Map(), null)[0]?.arms.control;

test("the smallest value of a subject is that of all days, and 0 where somebody did nothing", () => {
  const days = (a: number, b: number) => [
    row("balance", "2026-09-01", { yMin: a, xMin: 1 }),
    row("balance", "2026-09-02", { yMin: b, xMin: 1 }),
  ];
  expect(armOf(recountOf(4, days(7, 3)))).toMatchObject({ value: { min: 3 } });
  expect(armOf(recountOf(5, days(7, 3)))).toMatchObject({ value: { min: 0 } });
  expect(armOf(recountOf(5, days(7, -3)))).toMatchObject({ value: { min: -3 } });
  expect(armOf(recountOf(5, []))).toMatchObject({ value: { min: 0 } });
});

test("a ratio has the smallest of both of its parts", () => {
  const moments = [row("per-order", "2026-09-01", { yMin: -4, xMin: 1 })];
  expect(armOf(recountOf(2, moments), perOrder)).toMatchObject({
    numerator: { min: -4 },
    denominator: { min: 1 },
  });
  expect(armOf(recountOf(3, moments), perOrder)).toMatchObject({ denominator: { min: 0 } });
});

test("of a recount from before it was asked, nothing is known of the smallest", () => {
  const arm = armOf(recountOf(5, [row("balance", "2026-09-01", {})]));
  expect(arm).toEqual({ kind: "mean", n: 5, value: { mean: 0, m2: 0 } });
});
