import { describe, expect, test } from "vitest";
import { analyseSplit, segmentKey } from "./split";
import { exactSplitP } from "./split-tests";
import type { EpochUnits } from "./types";

const variants = ["control", "urgent"];
const even = { control: 50, urgent: 50 };
const one = (control: number, urgent: number, weights: Record<string, number> = even) => [
  { epoch: 1, weights, units: { control, urgent } },
];

describe("the split", () => {
  test("is off at 52/48 of 40,000, and as planned at 50.3/49.7", () => {
    expect(analyseSplit({ split: one(20_800, 19_200), variants }).status).toBe("off");
    expect(analyseSplit({ split: one(20_120, 19_880), variants }).status).toBe("as_planned");
    expect(analyseSplit({ split: [], variants })).toMatchObject({
      status: "no_data",
      p: 1,
      once: { method: null },
    });
  });

  test("is seen to be off at the sizes of a B2B product", () => {
    for (const [control, urgent] of [
      [300, 0],
      [23, 0],
      [80, 20],
      [600, 400],
      [302, 201],
    ] as const)
      expect(analyseSplit({ split: one(control, urgent), variants }).status, `${control} v ${urgent}`).toBe(
        "off",
      );
    for (const [control, urgent] of [
      [12, 3],
      [60, 40],
      [530, 470],
    ] as const)
      expect(analyseSplit({ split: one(control, urgent), variants }).status, `${control} v ${urgent}`).toBe(
        "as_planned",
      );
  });

  test("is seen to be off over many phases of the same weights, as in one", () => {
    const phases = (count: number, control: number, urgent: number) =>
      Array.from({ length: count }, (_, i) => ({ ...one(control, urgent)[0], epoch: i + 1 })) as EpochUnits[];
    for (const split of [phases(3, 120, 80), phases(6, 90, 60), phases(10, 70, 50), phases(40, 30, 20)])
      expect(analyseSplit({ split, variants }).status, `${split.length} phases`).toBe("off");
    expect(analyseSplit({ split: phases(40, 25, 25), variants }).status).toBe("as_planned");
  });

  test("is tested by segment too, with Holm over all of them, and each keeps its smallest p", () => {
    const segment = (value: string, control: number, urgent: number) => ({
      fact: "plan",
      value,
      split: one(control, urgent),
    });
    const segments = [
      segment("individual", 5_000, 5_000),
      segment("teams", 120, 40),
      segment("free", 30, 26),
    ];
    const { status, bySegment = [] } = analyseSplit({ split: one(5_150, 5_066), variants, segments });
    expect(status).toBe("as_planned");
    expect(bySegment.map(({ value, status }) => [value, status])).toEqual([
      ["individual", "as_planned"],
      ["teams", "off"],
      ["free", "as_planned"],
    ]);
    expect(bySegment[1]).toMatchObject({
      pAdjusted: 3 * (bySegment[1]?.p ?? 0),
      variants: [
        { observed: 120, expected: 80 },
        { observed: 40, expected: 80 },
      ],
      once: { method: "chi_square", statistic: 40, df: 1 },
    });
    const later = analyseSplit(
      { split: one(5_150, 5_066), variants, segments: [segment("teams", 1_000, 1_000)] },
      { smallestSplitP: 1, smallestSegmentP: { [segmentKey({ fact: "plan", value: "teams" })]: 1e-7 } },
    );
    expect(later.bySegment?.[0]).toMatchObject({ status: "off", p: 1e-7 });
  });

  test("stays off once it was, for it is read at every look", () => {
    expect(analyseSplit({ split: one(20_000, 20_000), variants }, { smallestSplitP: 0.0005 })).toMatchObject({
      status: "off",
      p: 0.0005,
    });
  });

  test("of a changed weight is held to each epoch's own, and neither hides the other", () => {
    const epochs = [
      { epoch: 1, weights: { control: 90, urgent: 10 }, units: { control: 9_000, urgent: 1_000 } },
      { epoch: 2, weights: even, units: { control: 5_000, urgent: 5_000 } },
    ];
    const result = analyseSplit({ split: epochs, variants });
    expect(result).toMatchObject({
      status: "as_planned",
      once: { method: "chi_square", statistic: 0, df: 2 },
      variants: [
        { observed: 14_000, expected: 14_000 },
        { observed: 6_000, expected: 6_000 },
      ],
    });
    // Off by as much in either direction: together the counts are as expected, and still both are wrong.
    const hidden = [
      { epoch: 1, weights: even, units: { control: 10_500, urgent: 9_500 } },
      { epoch: 2, weights: even, units: { control: 9_500, urgent: 10_500 } },
    ];
    expect(analyseSplit({ split: hidden, variants })).toMatchObject({
      status: "off",
      variants: [{ observed: 20_000, expected: 20_000 }, {}],
    });
  });

  test("with a unit where none could be is off for certain", () => {
    const result = analyseSplit({ split: one(1_000, 1, { control: 100, urgent: 0 }), variants });
    expect(result).toMatchObject({
      status: "off",
      p: 0,
      impossible: [{ epoch: 1, variant: "urgent", units: 1 }],
    });
    expect(analyseSplit({ split: one(1_000, 0, { control: 100, urgent: 0 }), variants })).toMatchObject({
      status: "as_planned",
      p: 1,
    });
  });

  test("of a handful of units is tested exactly, and of a handful among many shares not at all", () => {
    expect(analyseSplit({ split: one(4, 0), variants }).once).toEqual({ method: "exact", p: 0.125 });
    expect(exactSplitP([10, 0], [0.5, 0.5])).toBeCloseTo(2 / 1024, 15);
    expect(exactSplitP([1, 1, 1], [1 / 3, 1 / 3, 1 / 3])).toBeCloseTo(1, 12);
    const many = Array.from({ length: 6 }, (_, i) => `v${i}`);
    const rare = Object.fromEntries(many.map((name, i) => [name, i === 0 ? 95 : 1]));
    const units = Object.fromEntries(many.map((name, i) => [name, i === 0 ? 190 : 2]));
    expect(analyseSplit({ split: [{ epoch: 1, weights: rare, units }], variants: many }).once).toEqual({
      method: null,
      reason: "too_few_units",
    });
  });
});
