import { expect, test } from "vitest";
import type { Recount } from "./recount-rows";
import { countSegmentUnits } from "./segment-units";
import { at, computed, traffic } from "./testing/computed";

const row = (value: string | number | boolean, variant: string, days: Record<string, number>, epoch = 1) => ({
  fact: "beta",
  value,
  epoch,
  variant,
  days,
});

const recount: Recount = {
  ...traffic(0, 0, {}),
  segmentSplit: [
    row(true, "control", { "2026-09-01": 3, "2026-09-02": 4 }),
    row("true", "control", { "2026-09-02": 5 }),
    row(true, "urgent", { "2026-09-02": 2 }, 2),
    row(false, "urgent", { "2026-09-03": 1 }),
  ],
};
const weights = new Map([[1, { control: 50, urgent: 50 }]]);

test("what is written alike is one segment, epochs are kept apart, and days from the cut on are not there", () => {
  expect(countSegmentUnits(recount, weights, "2026-09-03")).toEqual([
    {
      fact: "beta",
      value: "true",
      split: [
        { epoch: 1, weights: { control: 50, urgent: 50 }, units: { control: 12 } },
        { epoch: 2, weights: {}, units: { urgent: 2 } },
      ],
    },
  ]);
  expect(countSegmentUnits(recount, weights, null).map(({ value }) => value)).toEqual(["false", "true"]);
  expect(countSegmentUnits(traffic(1, 1, { control: 0 }), weights, null)).toEqual([]);
});

const dayAt = (day: number) => at(day).toISOString().slice(0, 10);
/** Even over all; of those on a team plan, control loses two of three on the second day, and gets them back later. */
const uneven: Recount = {
  ...traffic(12, 300, { control: 0.1, urgent: 0.1 }),
  segmentSplit: [
    { fact: "plan", value: "teams", epoch: 1, variant: "control", days: { [dayAt(1)]: 40, [dayAt(9)]: 80 } },
    { fact: "plan", value: "teams", epoch: 1, variant: "urgent", days: { [dayAt(1)]: 120 } },
    { fact: "plan", value: "free", epoch: 1, variant: "control", days: { [dayAt(2)]: 100 } },
    { fact: "plan", value: "free", epoch: 1, variant: "urgent", days: { [dayAt(2)]: 100 } },
  ],
};

test("each look tests the segments of its own day, and an alarm of an earlier one stays", async () => {
  const whole = await computed(uneven, at(12));
  expect(whole.analysis?.split.status).toBe("as_planned");
  expect(whole.analysis?.split.bySegment?.map(({ value, status }) => [value, status])).toEqual([
    ["free", "as_planned"],
    ["teams", "off"],
  ]);
  expect(whole.analysis?.verdict.code).not.toBe("split_is_off");
  const before = await computed(uneven, at(1));
  expect(before.analysis?.split.bySegment).toEqual([]);
});

test("neither an open window nor the lack of a metric keeps the split from being tested", async () => {
  for (const planning of [{ metrics: [], unknown: [], broken: [] }, undefined]) {
    const result = await computed(uneven, at(4), {
      conversionWindowDays: 90,
      ...(planning === undefined ? {} : { planning }),
    });
    expect(result.analysis?.split.status).toBe("as_planned");
    expect(result.analysis?.split.bySegment?.find(({ value }) => value === "teams")?.status).toBe("off");
  }
});
