import { cleanup, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { MetricHistory } from "../../types/metric-views";
import { renderInEnglish } from "../testing/in-english";
import { MetricHistoryPanel } from "./MetricHistoryPanel";
import { MetricsPortProvider } from "./metrics-admin-port";

afterEach(cleanup);

type Baseline = NonNullable<MetricHistory["baseline"]>;

async function factsOf(measured: MetricHistory["measured"], baseline: Partial<Baseline> | null) {
  const history: MetricHistory = {
    asOf: new Date("2026-11-03T09:00:00.000Z"),
    unit: "user",
    measured,
    days: [{ day: "2026-11-02", rows: 4, subjects: 3 }],
    baseline: baseline && {
      value: 0.2,
      deviation: null,
      subjects: 900,
      precedent: { slug: "pricing", name: "Pricing tiers" },
      ...baseline,
    },
  };
  const port = { sources: async () => [], history: async () => history, create: async () => null };
  renderInEnglish(
    <MetricsPortProvider port={port}>
      <MetricHistoryPanel metricKey="upgrade" unit="user" />
    </MetricsPortProvider>,
  );
  await screen.findByText("Baseline");
  return screen.getAllByRole("term").map((term) => [term.textContent, term.nextSibling?.textContent]);
}

const VOLUME = ["Volume", "28 events per week"];

test("a rate has no standard deviation of its own, and where nothing is known there is no mark in its place", async () => {
  expect(await factsOf({ kind: "conversion" }, { value: 0.2 })).toEqual([VOLUME, ["Baseline", "20.0%"]]);
  cleanup();
  expect(await factsOf({ kind: "mean" }, null)).toEqual([VOLUME, ["Baseline", "No data yet"]]);
});

test("a mean and a ratio have theirs", async () => {
  for (const kind of ["mean", "ratio"] as const) {
    expect(await factsOf({ kind }, { value: 12, deviation: 30.5 })).toEqual([
      VOLUME,
      ["Baseline", "12.00"],
      ["Standard deviation", "30.50"],
    ]);
    cleanup();
  }
});
