import type { Comparison, MetricResult } from "@calcom/statistics";
import { cleanup, screen } from "@testing-library/react";
import { afterEach, describe, expect, test } from "vitest";
import type { MetricInfo, StoredResult } from "../../../results/types";
import { renderInEnglish } from "../../testing/in-english";
import { ForestChart } from "../charts";
import { aCompared } from "../testing/results";
import { ready, show } from "../testing/show";
import { aResult, between } from "./testing/results";

afterEach(cleanup);

type Given = [key: string, role: MetricInfo["role"], comparisons: Comparison[], late?: true];

function resultOf(given: readonly Given[], variants = ["control", "urgent"]): StoredResult {
  const result = aResult({ variants });
  const metrics = given.map(
    ([key, role, , late]): MetricInfo => ({
      key,
      name: `The ${key}`,
      role,
      kind: "conversion",
      version: "1",
      epochs: [],
      ...(late && { isChosenAfterStart: true }),
    }),
  );
  const analysed = given.map(
    ([id, role, comparisons, late]): MetricResult => ({
      metric: {
        id,
        kind: "rate",
        direction: role === "guardrail" ? "decrease" : "increase",
        role,
        minimumEffect: 0.05,
        ...(late && { isChosenAfterStart: true }),
      },
      mode: "sequential",
      arms: [],
      comparisons,
      varianceReduction: null,
    }),
  );
  return { ...result, metrics, analysis: result.analysis && { ...result.analysis, metrics: analysed } };
}

const withheld: Comparison = {
  status: "withheld",
  variant: "urgent",
  reason: { code: "too_few_units", variant: "urgent", units: 12, needed: 100 },
};
const calm = aCompared({
  variant: "calm",
  outcome: "unclear",
  lift: { value: -0.1, interval: between(-0.3, null), reason: null },
});

async function rowsOf(result: StoredResult): Promise<string[]> {
  renderInEnglish(<ForestChart result={result} />);
  const rows = await screen.findAllByRole("row");
  // Where there is no head, a row has the scale of what it draws.
  for (const row of rows) row.querySelector("[data-slot=lift-axis]")?.remove();
  return rows.slice(1).map((row) => row.textContent ?? "");
}

describe("the plot of all metrics", () => {
  test("has a row for each metric and variant, those of the plan first, and says each in words", async () => {
    const given: Given[] = [
      ["late one", "primary", [aCompared()], true],
      ["guardrail", "guardrail", [withheld]],
      ["secondary", "secondary", [aCompared({ outcome: "worse" })]],
      ["primary", "primary", [calm, aCompared()]],
    ];
    expect(await rowsOf(resultOf(given, ["control", "urgent", "calm"]))).toEqual([
      "Primary",
      "The primary urgent+43.0% better +19.2% to +72.8%",
      "The primary calm−10.0% inconclusive so far at least −30.0%",
      "Secondary",
      "The secondary urgent+43.0% worse +19.2% to +72.8%",
      "Guardrail",
      "The guardrail Lower is betterurgentWithheld: 12 of the 100 users needed in urgent.",
      "Exploratory: chosen after the start",
      "The late one Chosen after the starturgent+43.0% better +19.2% to +72.8%",
    ]);
  });

  test("draws point and interval of what is compared, and nothing of what is withheld", async () => {
    await rowsOf(
      resultOf([
        ["a", "primary", [aCompared()]],
        ["b", "secondary", [withheld]],
      ]),
    );
    const [compared, waiting] = screen
      .getAllByRole("row")
      .filter((row) => row.textContent?.startsWith("The "));
    expect(compared?.querySelectorAll("[data-slot=lift-point], [data-slot=lift-bar]")).toHaveLength(2);
    expect(waiting?.querySelector("[data-slot=lift-interval]")).toBeNull();
  });

  test("stands above the tables of its metrics", () => {
    const given: Given[] = [
      ["first", "primary", [aCompared()]],
      ["second", "secondary", [aCompared()]],
    ];
    show(ready(resultOf(given)));
    const titles = screen.getAllByRole("heading", { level: 2 }).map(({ textContent }) => textContent);
    expect(titles.slice(0, 4)).toEqual(["Verdict", "All metrics", "The first", "The second"]);
  });

  test("is left out of a single metric, whose table says the same", () => {
    renderInEnglish(<ForestChart result={resultOf([["a", "primary", [aCompared()]]])} />);
    expect(screen.queryByRole("region", { name: "All metrics" })).toBeNull();
  });
});
