import { expect, test } from "vitest";
import { type Answered, judge, type Stored } from "./judge";

const VISITOR = { visitorId: "ann", slug: "hero" };
const REPORT = { ...VISITOR, event: "clicked", key: "1" };
const answered: Answered = {
  told: [
    { ...VISITOR, variant: "a" },
    { ...VISITOR, variant: "a" },
  ],
  seen: [VISITOR],
  converted: [REPORT],
  attempted: [REPORT, REPORT, { ...REPORT, key: "2" }],
};
const stored: Stored = {
  assignments: [{ ...VISITOR, variant: "a", isExposed: true }],
  conversions: [REPORT],
};
const NOTHING = { lost: [], changed: [], unseen: [], unconverted: [], doubled: [], invented: [] };

test("what is stored as it was answered is in order, and a report without an answer may or may not be there", () => {
  expect(judge(answered, stored)).toEqual(NOTHING);
  const late = [REPORT, { ...REPORT, key: "2" }];
  expect(judge(answered, { ...stored, conversions: late })).toEqual(NOTHING);
});

test("a visitor who was told a variant and has no row is lost", () => {
  expect(judge(answered, { ...stored, assignments: [] })).toMatchObject({
    lost: ["ann in hero"],
    unseen: ["ann in hero"],
  });
});

test("a visitor who was told two variants, or another one than the row has, was changed", () => {
  const told = [...answered.told, { ...VISITOR, variant: "b" }];
  expect(judge({ ...answered, told }, stored).changed).toEqual(["ann in hero: a, b"]);
  const assignments = [{ ...VISITOR, variant: "b", isExposed: true }];
  expect(judge(answered, { ...stored, assignments }).changed).toEqual(["ann in hero: a, b"]);
});

test("an exposure that was taken and is not stored is found", () => {
  const assignments = [{ ...VISITOR, variant: "a", isExposed: false }];
  expect(judge(answered, { ...stored, assignments }).unseen).toEqual(["ann in hero"]);
});

test("a conversion is stored once: neither never, nor twice, nor unasked", () => {
  const report = "clicked 1 of ann in hero";
  expect(judge(answered, { ...stored, conversions: [] }).unconverted).toEqual([report]);
  expect(judge(answered, { ...stored, conversions: [REPORT, REPORT] }).doubled).toEqual([report]);
  const foreign = { ...REPORT, key: "3" };
  expect(judge(answered, { ...stored, conversions: [REPORT, foreign] }).invented).toEqual([
    "clicked 3 of ann in hero",
  ]);
});

test("two rows of one visitor are found", () => {
  const [row] = stored.assignments;
  expect(judge(answered, { ...stored, assignments: [row, row].flatMap((one) => one ?? []) }).doubled).toEqual(
    ["ann in hero"],
  );
});
