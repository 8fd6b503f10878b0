import { cleanup, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { AuditEntry, Difference } from "../../../types/activity";
import { aMeasuredResult } from "../testing/results";
import { ready, show } from "../testing/show";
import { marksOf, unmarkedStarts } from "./marks";
import { timeSpan } from "./series";
import { aResult } from "./testing/results";

beforeEach(() => {
  vi.stubEnv("TZ", "UTC");
  // jsdom lays nothing out, and nothing is drawn into a place without a size.
  vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockReturnValue(new DOMRect(0, 0, 600, 240));
});
afterEach(cleanup);

const span = timeSpan(aResult());
let id = 0;

function anEntry(at: string, differences: Difference[], changes: Partial<AuditEntry> = {}): AuditEntry {
  return {
    id: String(++id),
    at: new Date(at),
    actor: { id: 1, name: "Ada" },
    actorRole: "app",
    tableName: "Feature",
    slug: "upgrade-button-test",
    memberName: null,
    action: "UPDATE",
    differences,
    isReportLink: false,
    metricKey: null,
    experimentName: null,
    changesMetricsAfterStart: false,
    ...changes,
  };
}

const traffic: Difference = { path: "trafficPercentage", before: 50, after: 100 };
const paused: Difference = { path: "status", before: "running", after: "paused" };
const started: Difference = { path: "status", before: "draft", after: "running" };
const name: Difference = { path: "name", before: "A", after: "B" };

describe("the marks in charts over time", () => {
  test.each([
    ["shares", { path: "variants.1.percentage", before: 50, after: 30 }],
    ["traffic", traffic],
    ["targeting", { path: "targetingRules.plans", before: [], after: ["teams"] }],
    ["metrics", { path: "metrics.primary", before: "a", after: "b" }],
    ["a pause", paused],
    ["the end of a pause", { path: "status", before: "paused", after: "running" }],
  ])("are made for %s", (_what, difference) => {
    const marks = marksOf([anEntry("2026-11-04T12:00:00Z", [name, difference])], span);
    expect(marks.map(({ number, changes }) => [number, changes[0]?.differences])).toEqual([
      [1, [difference]],
    ]);
  });

  test.each([
    ["what moves no curve", anEntry("2026-11-04T12:00:00Z", [name])],
    ["a start", anEntry("2026-11-04T12:00:00Z", [started])],
    ["an end", anEntry("2026-11-04T12:00:00Z", [{ ...paused, after: "concluded" }])],
    ["what was before the charts", anEntry("2026-11-02T12:00:00Z", [traffic])],
    ["what is after them", anEntry("2026-11-06T12:00:00Z", [traffic])],
    ["an early look", anEntry("2026-11-04T12:00:00Z", [traffic], { action: "LOOK" })],
  ])("are not made for %s", (_what, entry) => {
    expect(marksOf([entry], span)).toEqual([]);
  });

  test("are numbered by time, and share a number where they would cover each other", () => {
    const entries = ["2026-11-05T00:00:00Z", "2026-11-04T00:20:00Z", "2026-11-04T00:00:00Z"];
    const marks = marksOf(
      entries.map((at) => anEntry(at, [traffic])),
      span,
    );
    expect(marks.map(({ number, at, changes }) => [number, at, changes.length])).toEqual([
      [1, Date.parse("2026-11-04T00:00:00Z"), 2],
      [2, Date.parse("2026-11-05T00:00:00Z"), 1],
    ]);
  });

  test("stand for the phase that the change began, and leave others their line", () => {
    const starts = ["2026-11-03T00:00:00Z", "2026-11-04T00:00:00Z", "2026-11-05T00:00:00Z"];
    const epochs = starts.map((at) => ({ startedAt: new Date(at) }));
    const marks = marksOf([anEntry("2026-11-04T00:00:00Z", [traffic])], span);
    expect(unmarkedStarts(epochs, marks, span)).toEqual([Date.parse("2026-11-05T00:00:00Z")]);
  });
});

const PATIENTLY = { timeout: 20_000 };

describe("the page of results", () => {
  const entries = [
    anEntry("2026-11-04T15:00:00Z", [paused]),
    anEntry("2026-11-04T01:00:00Z", [traffic, name]),
  ];

  test("draws each change in both charts, and lists it below them in words", async () => {
    const { container } = show(ready(aMeasuredResult()), {}, true, { entries, isCut: false });
    const list = screen.getByRole("region", { name: "Changes marked in the charts" });
    const [first, second, ...others] = [...(list.querySelector("ul")?.children ?? [])];
    expect(first?.textContent).toBe(
      "14 Nov 2026, 01:00 UTC Ada edited the settingsTraffic allocation: 50% → 100%",
    );
    expect(second?.textContent).toBe("24 Nov 2026, 15:00 UTC Ada: Running → Paused");
    expect(others).toEqual([]);
    for (const name of [/^Lift over time/, /^Exposures/]) {
      const chart = screen.getByRole("region", { name });
      expect(chart.textContent).toContain("changes, described below");
      await waitFor(() => {
        const drawn = [...chart.querySelectorAll("svg .recharts-label")];
        expect(drawn.map((text) => text.textContent)).toEqual(["1", "2"]);
        // The library arrives after the page, on a busy machine long after.
      }, PATIENTLY);
    }
    expect(container.textContent).not.toContain("Only the latest changes");
  });

  test("says where there are older ones, and nothing where there are none", () => {
    show(ready(aMeasuredResult()), {}, true, { entries, isCut: true });
    screen.getByText("Only the latest changes are marked. Activity lists all of them.");
    cleanup();
    show(ready(aMeasuredResult()));
    expect(screen.queryByRole("region", { name: "Changes marked in the charts" })).toBeNull();
  });
});
