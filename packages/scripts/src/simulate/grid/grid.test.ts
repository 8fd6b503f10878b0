import { describe, expect, test } from "vitest";
import { type GridDesign, lookAt, pageAt, variantsOf } from "./adapter";
import { hasMinimum, unguardedSide } from "./bounds";
import { boundOf, cellOf, liftOf } from "./cell";
import { studyAll } from "./crew";
import { notesOf } from "./exceptions";
import { CONTROLS, FALLING_SAMPLE, LIFTED, SAMPLE } from "./grid-checks";
import type { Compared, LookState } from "./internals";
import { pairAt } from "./pair";
import { rowsOf } from "./rows";
import { Run } from "./run";
import { DAYS } from "./splits";
import { isPossible, randomFor, study } from "./study";
import { formatTable } from "./table";
import { medianDay, noTally, paired } from "./tally";
import { studyHere, type Task } from "./task";

const TASKS: Task[] = ["price-1_95/5_10000", "per-booking_80/20_10000", "teams-few_ramp_142"].map((cell) => ({
  cell,
  seed: 5,
  runs: { none: 3, effect: 2 },
}));

// Two processes are started, which a busy machine takes its time for.
test("a cell has the same figures in whichever process it is studied, and others with another seed", {
  timeout: 180_000,
}, async () => {
  const here = TASKS.map(studyHere);
  expect(await studyAll(TASKS, () => {}, 2)).toEqual(here);
  expect(TASKS.map((task) => studyHere({ ...task, seed: 6 }))).not.toEqual(here);
});

test("more runs begin with the same ones", () => {
  const [cell, first] = [cellOf("price-1_95/5_10000"), randomFor({ id: "price-1_95/5_10000" }, "none", 1, 3)];
  expect(randomFor(cell, "none", 1, 3).uniform()).toBe(first.uniform());
  expect(randomFor(cell, "none", 1, 4).uniform()).not.toBe(randomFor(cell, "none", 1, 3).uniform());
});

test.each(["price-1_80/5/5/5/5_10000", "cuped-mean_ramp_10000", "conversion-10_90/10_10000"])(
  "a look at the metric of %s says what the page says, day by day",
  (id) => {
    const { kind, split, units } = cellOf(id);
    for (const mode of ["sequential", "fixed"] as const) {
      const run = new Run(randomFor({ id }, "page", 1, 0), kind, split, units, 0.8);
      const variants = variantsOf(split.phases[0]?.weights.length ?? 0);
      const design: GridDesign = { kind, mode, variants, plannedUnits: units };
      let [previous, before]: [LookState | undefined, LookState | undefined] = [undefined, undefined];
      let compared = 0;
      while (run.day < DAYS) {
        run.advance();
        const seen = lookAt(design, run.epochs, run.day, previous);
        const page = pageAt(design, run.epochs, run.day, { previous: before });
        const shown = page.metrics[0]?.comparisons.map((one) => (one.status === "compared" ? one : null));
        expect(seen.comparisons).toEqual(shown);
        compared += seen.comparisons.filter((one) => one !== null).length;
        [previous, before] = [seen.state, page.state];
      }
      expect(compared).toBeGreaterThan(0);
    }
  },
);

test.each(["conversion-10_50/50_10000", "zero-inflated_50/50_10000", "cuped-rate_50/50_10000"])(
  "before there was a guard the same was said of %s, but where it is a matter of hundredths",
  (id) => {
    const cell = cellOf(id);
    for (const mode of ["fixed", "sequential"] as const) {
      const design: GridDesign = { kind: cell.kind, mode, variants: variantsOf(2), plannedUnits: cell.units };
      const [lift, runs] = [liftOf(cell, mode), 60];
      let [found, others] = [0, 0];
      for (let i = 0; i < runs; i++) {
        const run = new Run(randomFor(cell, "before", 1, i), cell.kind, cell.split, cell.units, lift);
        run.finish();
        const pair = pairAt(cell.kind, run.epochs, 1, lift);
        const [comparison] = lookAt(design, run.epochs, DAYS, undefined).comparisons;
        const side = pair === null ? 0 : unguardedSide(cell.kind, pair, boundOf(cell, mode));
        if (side === 1) found++;
        if ((comparison?.isSignificant === true) !== (side !== 0)) others++;
      }
      expect(found).toBeGreaterThan(runs / 2);
      expect(others).toBeLessThanOrEqual(1);
    }
  },
);

test.each(["price-1_80/20_10000", "lognormal-sparse_80/5/5/5/5_10000", "teams-few_ramp_142"])(
  "the days that are left out of %s would change nothing",
  (id) => {
    const runs = { none: 25, effect: 0 };
    const cell = cellOf(id);
    expect(study(cell, runs, 3)).toEqual(study(cell, runs, 3, { isThorough: true }));
  },
);

test("the minimum is that of the kind: 100 units or 30 teams, and 10 that act", () => {
  const pair = { smallest: 40, acting: 12, units: 500 } as Parameters<typeof hasMinimum>[2];
  const [rate, ratio] = [cellOf("price-1_95/5_10000").kind, cellOf("per-booking_95/5_10000").kind];
  expect([hasMinimum(rate, 7, pair), hasMinimum(ratio, 7, pair), hasMinimum(ratio, 6, pair)]).toEqual([
    false,
    true,
    false,
  ]);
  expect(hasMinimum(ratio, 7, { ...pair, acting: 9 })).toBe(false);
});

test("every cell that is named is there, and every control is in the sample", () => {
  for (const id of [...SAMPLE, ...LIFTED, ...CONTROLS.map(({ cell }) => cell)]) {
    expect(cellOf(id).id).toBe(id);
  }
  expect(SAMPLE).toEqual(expect.arrayContaining([...FALLING_SAMPLE, ...CONTROLS.map(({ cell }) => cell)]));
});

test("only where few act, or the oracle hardly finds it, is power not held to the oracle's, and the table says why", () => {
  const [few, many] = [cellOf("price-1_95/5_10000"), cellOf("price-1_95/5_100000")];
  const { effect } = noTally(1);
  const notes = [
    notesOf(few, effect, "power"),
    notesOf(few, effect, "false-verdicts"),
    notesOf(many, effect),
  ];
  expect(notes).toEqual([[1], [], []]);
  const hardly = { ...effect, runs: 500, oracle: { runs: 99, both: 0 } };
  expect(notesOf(many, hardly, "power")).toEqual([2]);
  const tallies = { sequential: noTally(1), fixed: noTally(1) };
  expect(formatTable(rowsOf(few, tallies))).toMatch(/\| 1 \|\n\n1\. Fewer than 50 units/);
});

test("a fall is looked for below zero, and found as one that is worse", () => {
  const cell = "conversion-10_5/95_10000";
  const { sequential, fixed } = studyHere({ cell, seed: 2, runs: { none: 0, effect: 30 }, side: -1 });
  for (const { lift, effect } of [sequential, fixed]) {
    expect(lift).toBeLessThan(0);
    expect([effect.found.runs, effect.oracle.runs].every((runs) => runs > 15)).toBe(true);
  }
  const table = formatTable(rowsOf(cellOf(cell), { sequential, fixed }));
  expect(table).toMatch(/\| 5\/95 \| sequential \| 10,000 \| – \|.*\| −\d+ % \|/);
});

test("bounds that nothing could bring are found, and open ones are none of them", () => {
  const { kind } = cellOf("conversion-1_5/95_10000");
  const bounds = (low: number | null, high: number | null) => ({ low, high, level: 0.95 });
  const one = (difference: ReturnType<typeof bounds>, lift: ReturnType<typeof bounds> | null) =>
    isPossible(
      { interval: difference, lift: { value: 0.5, interval: lift, reason: null } } as Compared,
      kind,
    );
  expect(one(bounds(-0.01, 0.02), bounds(-0.5, null))).toBe(true);
  expect(one(bounds(-0.01, 0.02), bounds(-1, 98.4))).toBe(true);
  expect(one(bounds(-0.01, 0.02), null)).toBe(true);
  expect(one(bounds(-0.01, 0.02), bounds(-0.5, Math.exp(300) - 1))).toBe(false);
  expect(one(bounds(-0.01, 0.02), bounds(-1.1, 2))).toBe(false);
  expect(one(bounds(-0.4, 1.01), bounds(-0.5, 2))).toBe(false);
});

test.each(["conversion-1_5/95_10000", "conversion-10_ramp_10000"])("no bound of %s is one", (cell) => {
  const { sequential, fixed } = studyHere({ cell, seed: 4, runs: { none: 0, effect: 20 } });
  for (const { effect } of [sequential, fixed]) {
    expect(effect.compared).toBeGreaterThan(0);
    expect(effect.impossible).toBe(0);
  }
});

describe("a row", () => {
  const cell = cellOf("conversion-10_50/50_10000");
  const tally = () => {
    const one = noTally(0.2);
    Object.assign(one.none, { runs: 2_000, falsely: 100, minimum: 2_000, compared: 2_000 });
    Object.assign(one.effect, { runs: 500, compared: 500, inDifference: 480, inLift: 480 });
    one.effect.found = { runs: 400, both: 400 };
    one.effect.oracle = { runs: 410, both: 395 };
    one.effect.unguarded = { runs: 402, both: 400 };
    one.none.from[9] = 2_000;
    return one;
  };

  test("that is right has nothing in bold, and one that is not says where", () => {
    const right = rowsOf(cell, { sequential: tally(), fixed: tally() });
    expect(right.flatMap(({ figures }) => figures.filter(({ isMet }) => !isMet))).toEqual([]);
    expect(formatTable(right)).not.toContain("**");
    const wrong = tally();
    wrong.none.falsely = 140;
    wrong.none.compared = 1_800;
    wrong.effect.inLift = 440;
    wrong.effect.impossible = 1;
    wrong.effect.found = { runs: 320, both: 320 };
    wrong.effect.oracle = { runs: 410, both: 320 };
    const missed = rowsOf(cell, { sequential: wrong, fixed: tally() }).flatMap(({ mode, figures }) =>
      figures.filter(({ isMet }) => !isMet).map(({ measure }) => `${mode} ${measure}`),
    );
    expect(missed).toEqual([
      "sequential false-verdicts",
      "sequential coverage-lift",
      "sequential possible",
      "sequential power",
      "sequential power-as-before",
      "sequential compares",
    ]);
    expect(formatTable(rowsOf(cell, { sequential: wrong, fixed: tally() }))).toContain("**7.0 %**");
  });

  test("compares what was found run by run", () => {
    const { effect, none } = tally();
    expect(paired(effect, effect.found, 1)).toEqual({ mean: 0, error: 0 });
    const { mean, error } = paired(effect, effect.oracle, 0.9);
    expect(mean).toBeCloseTo(400 / 500 - (0.9 * 410) / 500, 12);
    expect(error).toBeGreaterThan(0);
    expect([medianDay(none), medianDay(noTally(1).none)]).toEqual([9, null]);
  });
});
