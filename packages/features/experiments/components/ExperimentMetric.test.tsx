import { cleanup, screen, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { MetricDetail } from "../types/metric-views";
import { ExperimentMetric } from "./ExperimentMetric";
import { ExperimentPermissions } from "./ExperimentPermissions";
import { renderInEnglish } from "./testing/in-english";

afterEach(cleanup);

const aMetric = (changes: Partial<MetricDetail> = {}): MetricDetail => ({
  key: "long-bookings",
  name: "Long bookings",
  kind: "conversion",
  counts: [null],
  description: "",
  status: "ready",
  owner: null,
  version: 1,
  uses: 0,
  fault: null,
  direction: "increase",
  minimumEffect: null,
  revision: 1,
  units: ["user", "team"],
  versions: [],
  usedBy: [],
  ...changes,
});
const inCode = aMetric({ status: null, version: null, revision: null });

const show = (metric: MetricDetail) =>
  renderInEnglish(
    <ExperimentPermissions permissions={["view", "edit", "decide"]}>
      <ExperimentMetric
        metric={metric}
        sources={[]}
        breadcrumbs={null}
        editHref="/edit"
        detail={(slug) => `/${slug}`}
        userId={1}
        onChange={async () => null}
      />
    </ExperimentPermissions>,
  ).container;

test("the page of a metric has its key as the first thing under its name, whoever defines it", () => {
  for (const metric of [aMetric(), inCode]) {
    const container = show(metric);
    const heading = within(container).getByRole("heading", { level: 1, name: "Long bookings" });
    const [term] = within(container).getAllByRole("term");
    expect([term?.textContent, term?.nextSibling?.textContent]).toEqual(["Key", "long-bookings"]);
    expect(term && heading.compareDocumentPosition(term)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
    cleanup();
  }
});

test("that code defines a metric is said once, and nothing is offered that only code can change", () => {
  expect(show(inCode).textContent?.match(/defined in code/gi)).toHaveLength(1);
  expect(screen.queryByRole("link", { name: "New version" })).toBeNull();
  cleanup();
  expect(show(aMetric()).textContent).not.toMatch(/defined in code/i);
});

test("the choice of a unit says that it is one, beside the unit that is chosen", () => {
  show(aMetric());
  const choice = screen.getByRole("combobox", { name: "Randomization unit" });
  expect(choice.textContent).toMatch(/^Randomization unit\S/);
  cleanup();
  show(aMetric({ units: ["user"] }));
  expect(screen.queryByRole("combobox", { name: "Randomization unit" })).toBeNull();
});
