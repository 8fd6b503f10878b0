import { expect, test } from "vitest";
import { aMeasuredResult } from "../components/analytics/testing/results";
import { writeCsv } from "./export-csv";
import type { StoredResult } from "./types";

const result = aMeasuredResult();
const withSplit = (status: "as_planned" | "off" | "no_data"): StoredResult => ({
  ...result,
  analysis: result.analysis && { ...result.analysis, split: { ...result.analysis.split, status } },
});

test.each(["as_planned", "off", "no_data"] as const)("each line tells that the split is %s", (status) => {
  const [head = "", ...lines] = writeCsv(withSplit(status)).trim().split("\n");
  const column = head.split(",").indexOf("split");
  expect(lines.length).toBeGreaterThan(0);
  expect(new Set(lines.map((line) => line.split(",")[column]))).toEqual(new Set([status]));
});
