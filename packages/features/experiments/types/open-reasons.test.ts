import { expect, test } from "vitest";
import { CONCLUSION_REASONS } from "./conclusion";
import { openReasons } from "./open-reasons";

const withheld = { isAllWithheld: true, verdict: "too_early", hasPrimary: true } as const;

test.each([
  ["rests on no comparison while all are withheld", withheld, ["invalid", "stopped_early"]],
  ["rests on none before anything was counted", { ...withheld, verdict: null }, ["invalid", "stopped_early"]],
  [
    "may be a harm that is told before its time",
    { ...withheld, verdict: "guardrail_worse" },
    ["lost", "invalid", "stopped_early"],
  ],
  ["may be any once variants are compared", { ...withheld, isAllWithheld: false }, CONCLUSION_REASONS],
  ["may be any where nothing will be compared", { ...withheld, hasPrimary: false }, CONCLUSION_REASONS],
] as const)("the reason of a conclusion %s", (_, told, reasons) => {
  expect(openReasons(told)).toEqual(reasons);
});
