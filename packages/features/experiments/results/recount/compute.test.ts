import { describe, expect, test } from "vitest";
import type { MomentsRow } from "../recount-rows";
import { at, computed, epochs, traffic, WINDOW_DAYS } from "../testing/computed";

describe("a test at a planned end", () => {
  const fixed = { analysis: { mode: "fixed", plannedSubjects: 2_000, minimumRuntimeDays: 10 } } as const;
  const rates = { control: 0.1, urgent: 0.15 };

  test("is made once, and goes on to show what it was made from, whatever comes later", async () => {
    const first = await computed(traffic(18, 100, rates), at(18), fixed);
    expect(first.analysis).toMatchObject({ isFinal: true });
    expect(first.look).toBe(at(17).toISOString());
    const grown = traffic(40, 130, { control: 0.1, urgent: 0.1 });
    const later = await computed(grown, at(40), { ...fixed, previous: first });
    expect(later.analysis).toEqual(first.analysis);
    expect(later.look).toBe(first.look);
    expect(later.metrics[0]?.epochs).toEqual(first.metrics[0]?.epochs);
    expect(later.leftOut).toMatchObject({ immature: 7 * 260, afterPlannedEnd: (40 - 7 - 10) * 260 });
  });

  test("is not made again where subjects turn out to be fewer than they were", async () => {
    const first = await computed(traffic(18, 100, rates), at(18), fixed);
    const shrunk = await computed(traffic(19, 60, rates), at(19), { ...fixed, previous: first });
    expect(shrunk.analysis).toEqual(first.analysis);
  });

  test("waits where too few have converted by then, and is made when enough have", async () => {
    const rare = { control: 0.002, urgent: 0.002 };
    const atPlan = await computed(traffic(18, 100, rare), at(18), fixed);
    expect(atPlan.analysis?.verdict.code).toBe("too_early");
    const often = await computed(traffic(60, 500, rare), at(60), { ...fixed, previous: atPlan });
    expect(often.analysis).toMatchObject({ isFinal: true, verdict: { code: "no_clear_difference" } });
  });

  test("is made at the end of an experiment that was concluded before its plan was reached", async () => {
    const endedAt = at(10.5).toISOString();
    const over = { ...fixed, status: "concluded" as const, endedAt };
    const result = await computed(traffic(11, 60, rates), at(12), over);
    expect(result.analysis).toMatchObject({
      isFinal: true,
      endedShort: { units: 1_320, plannedUnits: 2_000, days: 11 },
    });
    expect(result.look).toBe(endedAt);
  });
});

describe("what is foretold", () => {
  const equal = { control: 0.1, urgent: 0.1 };

  test("goes by the exposures of a day, and by nothing while the experiment is paused", async () => {
    const running = await computed(traffic(14, 50, equal), at(14));
    expect(running.analysis?.verdict).toEqual({ code: "keep_going", unitsToGo: 3_300, daysToGo: 33 });
    const paused = await computed(traffic(14, 50, equal), at(14), { status: "paused" });
    expect(paused.analysis?.verdict).toMatchObject({ code: "keep_going", daysToGo: null });
  });

  test("is nothing once the experiment has ended", async () => {
    const endedAt = at(9.5).toISOString();
    const over = await computed(traffic(10, 50, equal), at(11), { status: "concluded", endedAt });
    expect(over.analysis?.verdict.code).toBe("no_clear_difference");
  });
});

test("an experiment that is older than its start is kept is as old as its first epoch", async () => {
  const legacy = await computed(traffic(20, 200, { control: 0.1, urgent: 0.2 }), at(20), { startedAt: null });
  expect(legacy.analysis?.verdict.code).toBe("better");
});

test("of whoever came shortly before the end, no day is shown that they did not have", async () => {
  const endedAt = at(20).toISOString();
  const over = await computed(traffic(20, 10, { control: 0.1, urgent: 0.1 }), at(21), {
    status: "concluded",
    endedAt,
  });
  expect(new Set(over.novelty.map(({ subjects }) => subjects))).toEqual(new Set([(20 - WINDOW_DAYS) * 10]));
});

test("a test whose plan came and whose windows were open when it ended was not made at its planned end", async () => {
  const endedAt = at(8.2).toISOString();
  const over = {
    status: "concluded" as const,
    endedAt,
    conversionWindowDays: 7,
    analysis: { mode: "fixed" as const, plannedSubjects: 4_000, minimumRuntimeDays: 7 },
  };
  const result = await computed(traffic(8, 300, { control: 0.1, urgent: 0.12 }), at(9), over);
  expect(result.exposed).toEqual({ control: 2_400, urgent: 2_400 });
  expect(result.analysis?.endedShort).toMatchObject({
    plannedUnits: 4_000,
    plannedDays: 7,
    isByWindow: true,
  });
  expect(result.analysis?.endedShort?.units).toBeLessThan(1_300);
  expect(result.analysis?.metrics[0]?.mode).toBe("sequential");
});

test("a result of an older engine is nothing to go on from: its looks are made again", async () => {
  const rates = { control: 0.1, urgent: 0.1 };
  const fresh = await computed(traffic(20, 200, rates), at(20));
  const previous = {
    ...fresh,
    chain: {
      basis: "of another engine",
      state: { smallestP: { "event:bought": { urgent: 1e-9 } }, smallestSplitP: 1e-9 },
    },
  };
  const again = await computed(traffic(20, 200, rates), at(20), { previous });
  expect(again.analysis).toEqual(fresh.analysis);
});

test("a variant that is taken away does not make the family of comparisons smaller", async () => {
  const rates = { control: 0.1, urgent: 0.15 };
  const withCalm = epochs.map((epoch) => ({ ...epoch, weights: { ...epoch.weights, calm: 0 } }));
  const result = await computed(traffic(20, 200, rates), at(20), { epochs: withCalm });
  expect(result.plannedComparisons).toBe(2);
});

test.each(["infinity", "-infinity", "0044-03-15 BC", "0001-01-01", "1970-01-01", "9999-12-31"])(
  "an exposure of %s, planted past the gate, is none, and makes no look for each day since",
  async (day) => {
    const planted = traffic(20, 50, { control: 0.1, urgent: 0.2 });
    const row = { epoch: 1, variant: "urgent", day };
    planted.population.push({ ...row, n: 3 });
    planted.erased.push({ ...row, n: 1 });
    planted.moments.push({ ...planted.moments[0], ...row, n: 2, conversions: 2 } as MomentsRow);
    const without = await computed(traffic(20, 50, { control: 0.1, urgent: 0.2 }), at(20));
    const result = await computed(planted, at(20));
    expect(result).toEqual({ ...without, leftOut: { ...without.leftOut, notExposed: 3 } });
  },
);
