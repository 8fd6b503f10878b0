import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { MetricListing, OfferedSource } from "../../types/metric-views";
import { ExperimentMetrics } from "../ExperimentMetrics";
import { renderInEnglish } from "../testing/in-english";

afterEach(cleanup);

const aMetric = (change: Partial<MetricListing> = {}): MetricListing => ({
  key: "long-bookings",
  name: "Long bookings",
  kind: "conversion",
  counts: [
    {
      from: "source",
      source: "bookings",
      value: null,
      filters: [{ filter: "minutes", operator: "at_least", constant: 30 }],
    },
  ],
  description: "",
  status: "draft",
  owner: { id: 1, name: "Ada" },
  version: 2,
  uses: 0,
  fault: null,
  ...change,
});
const bookings: OfferedSource = {
  key: "bookings",
  name: "Bookings",
  units: ["user"],
  values: [],
  filters: [{ key: "minutes", name: "Minutes", type: "number" }],
};

function show(metric: MetricListing) {
  const paths = { newMetric: "/new", metric: (key: string) => `/${key}` };
  renderInEnglish(<ExperimentMetrics metrics={[metric]} sources={[bookings]} paths={paths} />);
  const [, row] = screen.getAllByRole("row");
  const [name, , status, owner] = within(row as HTMLElement).getAllByRole("cell");
  return { name: name?.textContent, status: status?.textContent, owner: owner?.textContent };
}

test("a metric says in words what it counts, by the names of its source and its filters", () => {
  const { name, status, owner } = show(aMetric());
  expect(name).toContain("Count of Bookings where Minutes is at least 30");
  expect([status, owner]).toEqual(["Draft", "Ada"]);
});

test("that code defines a metric is no status: it is ready, and belongs to the code", () => {
  const counts = [{ from: "events" as const, events: ["paid"], take: "value" as const }, null];
  const told = show(aMetric({ kind: "ratio", counts, status: null, owner: null, version: null }));
  expect(told.name).toContain("Sum of the values of paid ÷ A query in the app’s code");
  expect([told.status, told.owner]).toEqual(["Ready", "Defined in code"]);
});

test("of a query in code the owner says it already", () => {
  const told = show(aMetric({ counts: [null], status: null, owner: null, version: null }));
  expect(told.name).toBe("Long bookingslong-bookings");
});

test("what cannot be read says nothing of what it counts", () => {
  expect(show(aMetric({ counts: [] })).name).toBe("Long bookingslong-bookings\u00a0· version 2");
});

test("the list says how many it shows, and brings all back where nothing is found", async () => {
  show(aMetric());
  screen.getByText("1 metric");
  const field = screen.getByRole("searchbox");
  fireEvent.change(field, { target: { value: "nothing like it" } });
  await screen.findByText("0 of 1");
  fireEvent.click(screen.getByRole("button", { name: "Clear search" }));
  await screen.findByText("1 metric");
});
