import { describe, expect, test } from "vitest";
import { leaksIn, type Secret } from "./leaks";

const two: Secret[] = [
  { variant: "control", subjects: 4_000, converted: 1_379 },
  { variant: "urgent", subjects: 4_000, converted: 3_911 },
];
const three: Secret[] = [...two, { variant: "calm", subjects: 4_000, converted: 2_017 }];

describe("what tells the conversions of a variant is found", () => {
  test.each<[string, unknown]>([
    ["as a number, deep down", { variants: [{ events: [{ converted: 1_379 }] }] }],
    ["in a body of JSON", '{"variants":[{"converted":1379}]}'],
    ["as a line of CSV", "metric,variant\nclicked,urgent,4000,3911,0.97775\n"],
    ["as a text with thousands", "1,379 of 4,000"],
    ["as a German text", "3.911 von 4.000"],
    ["as a rate", { value: 0.34475 }],
    ["as a rounded percentage", "97.8 %"],
    ["by those who did not convert", [2_621]],
    ["as a difference", { difference: 0.633 }],
    ["as a lift", { lift: { value: 1.8361 } }],
    ["in a refusal", new Error("3911 subjects have converted.")],
  ])("%s", (_, answer) => {
    expect(leaksIn(answer, two)).not.toEqual([]);
  });

  test("as the sum of all variants but one", () => {
    expect(leaksIn({ conversions: 1_379 + 2_017 }, three)).toEqual([
      "answer.conversions: conversions of all but urgent",
    ]);
  });
});

test("totals, subjects, times and ids tell nothing", () => {
  expect(
    leaksIn(
      {
        total: { converted: 5_290, exposed: 8_000 },
        variants: [{ exposed: 4_000, converted: null }],
        at: "2026-11-29T13:11:02.379Z",
        id: "a1379c3e-3911-4f00-8a00-1379b3911000",
        day: new Date(1_379),
      },
      two,
    ),
  ).toEqual([]);
});
