import { describe, expect, test } from "vitest";
import { aMeasuredResult } from "../components/analytics/testing/results";
import { writeCsv } from "./export-csv";
import { writeJson } from "./export-json";
import { listImpacts } from "./impact";
import type { StoredResult } from "./types";
import { withholdResult } from "./withhold";

/** 200 users a day, a difference of 7.3 points (3 to 11.5). */
const withTraffic = (result: StoredResult): StoredResult => ({
  ...result,
  pace: { days: 14, unitsPerDay: 200, isIdle: false },
});
const told = withTraffic(aMeasuredResult());
const isAll = { isAll: true, metrics: new Set(["upgrade", "revenue"]) };

function exportsOf(result: StoredResult): { json: unknown[]; csv: string[][] } {
  const { impactsPerMonth } = JSON.parse(
    writeJson({
      slug: result.slug,
      figures: "all",
      isAllWithheld: false,
      counts: null,
      result,
      receipt: null,
    }),
  );
  const [head = "", ...lines] = writeCsv(result).trim().split("\n");
  const columns = head.split(",").flatMap((name, at) => (name.startsWith("impact_30_days") ? [at] : []));
  return {
    json: impactsPerMonth,
    csv: lines.map((line) => columns.map((at) => line.split(",")[at] ?? "")),
  };
}

describe("the impact of a result", () => {
  test("is told of each comparison, at the traffic of the experiment, and in both exports", () => {
    const [impact, ...others] = listImpacts(told);
    expect(others).toEqual([]);
    expect(impact).toMatchObject({ metric: "upgrade", variant: "urgent", unitsPerMonth: 6_000 });
    expect(impact?.value).toBeCloseTo(438, 9);
    expect(impact?.interval.low).toBeCloseTo(180, 9);
    expect(impact?.interval.high).toBeCloseTo(690, 9);
    const { json, csv } = exportsOf(told);
    expect(json).toEqual([impact]);
    expect(csv[0]).toEqual(["", "", ""]);
    expect(csv[1]?.map(Number)).toEqual([impact?.value, impact?.interval.low, impact?.interval.high]);
  });

  test.each([
    ["while the comparison is withheld", withholdResult(told, isAll)],
    ["while the metric is", withholdResult(told, { isAll: false, metrics: new Set(["upgrade"]) })],
    [
      "where the split is off",
      {
        ...told,
        analysis: told.analysis && {
          ...told.analysis,
          split: { ...told.analysis.split, status: "off" as const },
        },
      },
    ],
    ["where no traffic was kept", aMeasuredResult()],
    ["where nobody came", { ...told, pace: { days: 0, unitsPerDay: null, isIdle: true } }],
    ["before the first look", { ...told, analysis: null }],
  ])("is told by no door %s", (_when, result) => {
    expect(listImpacts(result)).toEqual([]);
    const { json, csv } = exportsOf(result);
    expect(json).toEqual([]);
    expect(csv.flat().filter((cell) => cell !== "")).toEqual([]);
  });
});
