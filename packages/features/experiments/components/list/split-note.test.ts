import { expect, test } from "vitest";
import { t } from "../testing/in-english";
import { splitNote } from "./split-note";

const note = (...shares: number[]) =>
  splitNote(
    { variants: shares.map((percentage, index) => ({ name: `v${index}`, percentage })), control: "v1" },
    { t, percentage: (value) => `${value}%` },
  );

test.each([
  [[50, 50], null],
  [[33.3, 33.3, 33.4], "3 variants"],
  [[10, 90], "90% / 10%"],
  [[20, 50, 30], "50% / 20% / 30%"],
  [[40, 15, 15, 15, 15], "5 variants, uneven split"],
  [[0, 100], "100% / 0%"],
  [[100], "1 variant"],
  [[], "No variants yet"],
] as const)("a split of %j is noted as %j", (shares, text) => {
  expect(note(...shares)).toBe(text);
});
