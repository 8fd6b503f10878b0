import { wilson } from "@calcom/statistics/wilson";
import { expect, it } from "vitest";
import { epochStarts } from "./epoch-starts";
import { isCut, liftPoints, liftScale } from "./lift-series";
import { rateInterval } from "./rate-interval";
import { dashesOf, exposurePoints, timeSpan } from "./series";
import { aLook, aResult, between } from "./testing/results";

it("the scale holds zero, every lift and the later intervals, and lets the first ones run out", () => {
  const effects = [
    aLook(1, { lift: 0.6, interval: between(-1.4, 9) }),
    ...[2, 3, 4].map((day) => aLook(day, { lift: 0.2, interval: between(-0.05, 0.45) })),
  ];
  const points = liftPoints(aResult({ series: { exposures: [], effects } }), "upgrade", "urgent");
  const { domain } = liftScale(points, null);
  expect(domain[0]).toBeLessThanOrEqual(-0.05);
  expect(domain[0]).toBeGreaterThan(-0.5);
  expect(domain[1]).toBeGreaterThanOrEqual(0.6);
  expect(domain[1]).toBeLessThan(1);
});

it("the scale reaches the smallest effect that matters, unless all else would vanish beside it", () => {
  const points = liftPoints(aResult(), "upgrade", "urgent").slice(-1);
  const [low, high] = liftScale(points, 0.6).domain;
  expect([low <= -0.6, low > -1, high >= 0.6, high < 1]).toEqual([true, true, true, true]);
  expect(liftScale(points, 50).domain[1]).toBeLessThan(1);
});

it("a day that is not over ends with the count, and none ends after the experiment", () => {
  const end = "2026-11-04T08:00:00.000Z";
  expect(exposurePoints(aResult()).at(-1)?.at).toBe(Date.parse("2026-11-05T12:30:00.000Z"));
  const [, , last] = exposurePoints(
    aResult({ endedAt: end, series: { effects: [], exposures: aResult().series.exposures.slice(0, 2) } }),
  );
  expect(last).toEqual({ at: Date.parse(end), exposed: { urgent: 250, control: 240 } });
});

it("the interval of a segment is the engine's", () => {
  for (const [converted, subjects] of [
    [0, 3],
    [3, 3],
    [96, 980],
    [1, 100_000],
  ] as const) {
    const [ours, engines] = [rateInterval(converted, subjects), wilson(converted, subjects, 0.05)];
    expect(ours.low).toBeCloseTo(engines.low, 12);
    expect(ours.high).toBeCloseTo(engines.high, 12);
  }
});

it("all charts over time go from the first day to the moment of the count", () => {
  const span = { from: Date.parse("2026-11-03"), until: Date.parse("2026-11-05T12:30:00.000Z") };
  expect(timeSpan(aResult())).toEqual(span);
  const endedAt = "2026-11-05T08:00:00.000Z";
  expect(timeSpan(aResult({ endedAt }))).toEqual({ ...span, until: Date.parse(endedAt) });
});

it("epochs are marked where they start within the time of the chart, and not the first, which it begins with", () => {
  const starting = (at: string) => ({ startedAt: new Date(at) });
  const epochs = ["2026-11-09", "2026-11-04T10:00:00.000Z", "2026-11-03T09:00:00.000Z"].map(starting);
  expect(epochStarts(epochs, timeSpan(aResult()))).toEqual([Date.parse("2026-11-04T10:00:00.000Z")]);
});

it("an interval is cut where it leaves the scale or has no end", () => {
  const points = liftPoints(aResult(), "upgrade", "urgent").slice(-1);
  const scale = liftScale(points, null);
  expect(isCut(points, scale)).toBe(false);
  expect(isCut(points, { ...scale, domain: [0.1, 1] })).toBe(true);
  expect(
    isCut(
      points.map((point) => ({ ...point, high: null })),
      scale,
    ),
  ).toBe(true);
});

it("lines that lie on each other take turns, and others are drawn through", () => {
  const end = (exposed: Record<string, number>) => [{ at: 0, exposed }];
  const even = end({ control: 100, urgent: 101, calm: 99 });
  // A period holds as many dashes as there are lines; control fills what the others leave.
  expect([0, 1, 2].map((place) => dashesOf(even, place))).toEqual([
    undefined,
    { dash: "6 12", offset: 0 },
    { dash: "6 12", offset: -6 },
  ]);
  expect(dashesOf(end({ control: 180, urgent: 20 }), 1)).toBeUndefined();
});
