import { cleanup, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { RangeView } from "../../results/range-types";
import type { StoredResult } from "../../results/types";
import { ExperimentCounts } from "../detail/ExperimentCounts";
import { anExperiment } from "../testing/experiments";
import { withVerdict } from "./testing/results";
import { ready, show } from "./testing/show";

afterEach(cleanup);

const VARIANTS = ["control", "urgent"];
const stats = {
  variants: VARIANTS.map((variant) => ({
    variant,
    assigned: 3_000,
    exposed: 2_950,
    converted: 524,
    events: [{ event: "clicked", converted: 524 }],
  })),
  total: {
    assigned: 6_000,
    exposed: 5_900,
    converted: 1_048,
    events: [{ event: "clicked", converted: 1_048 }],
  },
  withheldUntil: null,
  imported: 0,
  mixed: 0,
  countedAt: null,
};
const view: RangeView = {
  slug: "upgrade",
  asOf: "2026-11-05T12:30:00.000Z",
  from: "2026-11-03",
  to: "2026-11-04",
  first: "2026-11-03",
  last: "2026-11-05",
  windowDays: 7,
  control: "control",
  variants: VARIANTS,
  exposed: { urgent: 250, control: 240 },
  isWithheld: false,
  isCounted: true,
  phases: 1,
  metrics: [
    {
      key: "upgrade",
      name: "Upgrade",
      role: "primary",
      kind: "conversion",
      rows: VARIANTS.map((variant) => ({ variant, subjects: 200, converted: 40, value: 0.2 })),
    },
  ],
};

function aResultWith(status: "off" | "as_planned"): StoredResult {
  const variants = [
    { variant: "urgent", observed: 2_400, expected: 2_750 },
    { variant: "control", observed: 3_100, expected: 2_750 },
  ];
  const result = withVerdict(
    status === "off"
      ? { code: "split_is_off", p: 1e-9, variants }
      : { code: "keep_going", unitsToGo: 100, daysToGo: 2 },
  );
  const { analysis } = result;
  return { ...result, analysis: analysis && { ...analysis, split: { ...analysis.split, status, variants } } };
}

function showWith(status: "off" | "as_planned") {
  show(ready(aResultWith(status)), {}, true, undefined, {
    counts: <ExperimentCounts experiment={anExperiment()} state={{ status: "ready", stats }} />,
    range: {
      from: view.from,
      to: view.to,
      today: "2026-11-10",
      onChange: vi.fn(),
      state: { status: "ready", view },
    },
  });
}

describe.each([
  ["Counts by variant", /Assigned.*Exposed/, /clicked/, "524"],
  ["By date range", /Exposed/, /Upgrade/, "20.0%"],
])("%s", (name, split, deed, figure) => {
  test("where the split is off, tell how variants are divided, and fold what each did under a warning", () => {
    showWith("off");
    const section = screen.getByRole("region", { name });
    const [open, folded] = within(section).getAllByRole("table", { hidden: true });
    expect(open?.querySelector("thead")?.textContent).toMatch(split);
    expect(open?.textContent).not.toMatch(deed);
    expect(open?.textContent).not.toContain(figure);
    expect(folded?.closest("details")?.open).toBe(false);
    expect(folded?.textContent).toContain(figure);
    within(section).getByText(/^The results of each variant are hidden: the split differs from the plan/);
    within(section).getByText("Show them anyway");
  });

  test("where it is as planned, have one table and no warning", () => {
    showWith("as_planned");
    const section = screen.getByRole("region", { name });
    expect(within(section).getByRole("table").textContent).toContain(figure);
    expect(section.textContent).not.toContain("is hidden");
  });
});
