import { cleanup, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { MetricDetail } from "../../types/metric-views";
import { renderInEnglish } from "../testing/in-english";
import { MetricDefinitionText } from "./MetricDefinitionText";

afterEach(cleanup);

test("of a metric that code defines, what it counts and when, the direction and the minimum effect are told too", () => {
  const metric: MetricDetail = {
    key: "cancelled",
    name: "Cancelled",
    kind: "conversion",
    counts: [null],
    direction: "decrease",
    minimumEffect: 0.05,
    description: "",
    status: null,
    owner: null,
    version: null,
    revision: null,
    units: ["user"],
    uses: 0,
    fault: null,
    versions: [],
    usedBy: [],
  };
  renderInEnglish(<MetricDefinitionText metric={metric} definition={null} sources={[]} />);
  const terms = screen.getAllByRole("term").map((term) => [term.textContent, term.nextSibling?.textContent]);
  expect(terms).toEqual([
    ["Key", "cancelled"],
    ["Kind", "ConversionThe share of participants who convert at least once."],
    ["What is counted", "A query in the app’s code"],
    ["When it counts", "From exposure onward, within the experiment’s conversion window"],
    ["Better when it", "Decreases"],
    ["Minimum effect", "5%"],
  ]);
});
