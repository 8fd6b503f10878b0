import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { MetricUse } from "../../types/metric-views";
import { renderInEnglish } from "../testing/in-english";
import { UsesOfMetric } from "./MetricTables";

afterEach(cleanup);

const uses = (count: number): MetricUse[] =>
  Array.from({ length: count }, (_, index) => ({
    slug: `use-${index}`,
    name: `Use ${index}`,
    status: "running",
    isTurnedOff: false,
    version: 2,
  }));
const show = (count: number) =>
  renderInEnglish(<UsesOfMetric uses={uses(count)} detail={(slug) => `/experiments/${slug}`} />);

test("of many experiments the latest ten are shown, and by a button all, from the first new one on", async () => {
  show(38);
  expect(screen.getAllByRole("listitem")).toHaveLength(10);
  fireEvent.click(screen.getByRole("button", { name: "Show all 38 experiments" }));
  expect(screen.getAllByRole("listitem")).toHaveLength(38);
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("link", { name: "Use 10" })));
});

test("ten need no button, and none is said", () => {
  show(10);
  expect(screen.queryByRole("button")).toBeNull();
  cleanup();
  show(0);
  expect(screen.queryByRole("list")).toBeNull();
});
