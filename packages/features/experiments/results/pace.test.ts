import { DAY_MS } from "@calcom/lib/time";
import { analyseExperiment } from "@calcom/statistics";
import { describe, expect, test } from "vitest";
import type { ExperimentConfig } from "../types/config";
import type { Unit } from "../types/settings";
import { readDesign } from "./design";
import { measurePace } from "./pace";
import type { PopulationRow, Recount } from "./recount-rows";
import { at, computed, metric, traffic } from "./testing/computed";

/** `n` units of each variant on these days since the start. */
function seen(
  days: readonly number[],
  n = 200,
  variants = ["control", "urgent"],
  epoch = 1,
): PopulationRow[] {
  return days.flatMap((day) =>
    variants.map((variant) => ({ epoch, variant, day: at(day).toISOString().slice(0, 10), n })),
  );
}

const recountOf = (days: readonly number[], n = 200): Recount => ({
  ...traffic(0, 0, {}),
  population: seen(days, n),
  moments: seen(days, n).flatMap((row) =>
    row.day === null
      ? []
      : {
          ...row,
          day: row.day,
          metric: metric.key,
          n: n / 5,
          conversions: n / 5,
          yMean: 1,
          yM2: 0,
          xMean: 0,
          xM2: 0,
          comoment: 0,
        },
  ),
});

const dayAt = (day: number) => at(day).toISOString().slice(0, 10);
const paceOn = (population: readonly PopulationRow[], day: number, window = 0) =>
  measurePace(population, {
    control: "control",
    cut: dayAt(day - window),
    exposedCut: dayAt(day),
    at: at(day),
  });

describe("days", () => {
  test("are those on which units were exposed that are compared", () => {
    expect(paceOn(seen([0, 1, 5]), 6).days).toBe(3);
    expect(paceOn(seen([0, 1, 5]), 6, 2).days).toBe(2);
    expect(paceOn(seen([0]), 300).days).toBe(1);
    expect(paceOn([...seen([0]), { epoch: 1, variant: "control", day: null, n: 9 }], 2).days).toBe(1);
  });

  test("of a phase in which control or all others had no share are held against nothing", () => {
    const alone = seen([1, 2, 3], 50, ["control"], 2);
    const others = seen([4, 5], 50, ["urgent", "calm"], 3);
    expect(paceOn([...seen([0]), ...alone, ...others], 8).days).toBe(1);
  });

  test("on which one variant alone was seen count, where the other was seen in the same phase", () => {
    const teams = [...seen([0, 2], 1, ["control"]), ...seen([1, 3], 1, ["urgent"])];
    expect(paceOn(teams, 4).days).toBe(4);
  });
});

describe("the pace", () => {
  test("is that of the exposures, and weekends are part of it", () => {
    expect(paceOn(seen([0, 1, 2, 3, 4, 7, 8, 9, 10, 11], 35), 14, 5).unitsPerDay).toBe(50);
  });

  test("leaves out a break of a week or longer", () => {
    expect(paceOn(seen([0, 1, 30, 31]), 32).unitsPerDay).toBe(400);
    expect(paceOn([], 3).unitsPerDay).toBeNull();
  });

  test("is idle after a week without an exposure", () => {
    expect([7, 8].map((day) => paceOn(seen([0]), day).isIdle)).toEqual([false, true]);
    expect(paceOn([], 20).isIdle).toBe(false);
  });
});

describe("one day of data never passes a minimum of seven", () => {
  const units: Unit[] = ["user", "team", "visitor"];
  const ways: [string, Partial<ExperimentConfig>][] = [
    ["nobody came after it", {}],
    ["it was paused", { status: "paused" }],
    ["it was turned off", { status: "off" }],
    ["it is over", { status: "concluded", endedAt: at(150).toISOString() }],
  ];
  const cases = units.flatMap((unit) =>
    (["sequential", "fixed"] as const).flatMap((mode) =>
      [0, 7, 90].flatMap((window) => ways.map(([way, changes]) => ({ unit, mode, window, way, changes }))),
    ),
  );

  test.each(cases)("$unit, $mode, window of $window days: $way", async (one) => {
    const result = await computed(recountOf([0], 5_000), at(151), {
      unit: one.unit,
      conversionWindowDays: one.window,
      analysis: { mode: one.mode, plannedSubjects: 4_000, minimumRuntimeDays: 7 },
      ...one.changes,
    });
    expect(result.pace?.days).toBe(1);
    const comparisons = result.analysis?.metrics.flatMap((measured) => measured.comparisons) ?? [];
    expect(comparisons.map(({ status }) => status)).toEqual(["withheld"]);
    expect(["too_early", "before_planned_end", "no_answer"]).toContain(result.analysis?.verdict.code);
  });

  test.each(units)("of %s, seven days with pauses between them do", async (unit) => {
    const result = await computed(recountOf([0, 3, 20, 21, 22, 60, 61]), at(70), {
      unit,
      conversionWindowDays: 3,
    });
    expect(result.pace?.days).toBe(7);
    expect(result.analysis?.metrics[0]?.comparisons[0]?.status).toBe("compared");
  });
});

describe("an experiment to which nobody comes any more", () => {
  test("is promised no days, as a paused one", async () => {
    const idle = await computed(recountOf([0, 1, 2], 100), at(40));
    expect(readDesign(idle).phase).toBe("paused");
    const soon = await computed(recountOf([0, 1, 2], 100), at(9));
    expect(readDesign(soon).phase).toBe("running");
  });
});

describe("a stored result", () => {
  test("asks the engine with the days of its look, whatever came since", async () => {
    const first = await computed(traffic(16, 50, { control: 0.1, urgent: 0.1 }), at(16));
    const later = await computed(traffic(17, 50, { control: 0.1, urgent: 0.1 }), at(16.5), {
      previous: first,
    });
    expect(later.look).toBe(first.look);
    for (const result of [first, later, JSON.parse(JSON.stringify(later)) as typeof later])
      expect(readDesign(result)).toMatchObject({ days: 9, unitsPerDay: 100 });
    const again = analyseExperiment({
      ...readDesign(later),
      metrics: (later.analysis?.metrics ?? []).map(({ metric: plan }) => ({
        metric: plan,
        epochs: later.metrics[0]?.epochs ?? [],
      })),
      split: later.split,
    });
    expect(again.verdict).toEqual(later.analysis?.verdict);
  });

  test("from before days were counted by exposures has the days since its start", async () => {
    const { pace: _, ...old } = await computed(traffic(16, 50, { control: 0.1, urgent: 0.1 }), at(16));
    expect(readDesign({ ...old, startedAt: new Date(at(0).getTime() + DAY_MS / 2).toISOString() }).days).toBe(
      15,
    );
  });

  test("of teams asks for thirty of them, of others for the least that the engine knows", async () => {
    const of = async (unit: Unit) =>
      readDesign(await computed(recountOf([0, 1]), at(9), { unit })).minimumUnits;
    expect([await of("team"), await of("user"), await of("visitor")]).toEqual([30, undefined, undefined]);
  });
});
