import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import {
  type AuditEntry,
  ExperimentActivity,
  type ExperimentActivityProps,
  NO_FILTER,
} from "./ExperimentActivity";
import { MetricsProvider } from "./ExperimentPorts";
import { renderInEnglish } from "./testing/in-english";

afterEach(cleanup);

const anEntry = (change: Partial<AuditEntry> = {}): AuditEntry => ({
  id: "1",
  at: new Date("2026-11-20T10:00:00Z"),
  actor: { id: 1, name: "Ada" },
  actorRole: "app",
  tableName: "Feature",
  slug: "upgrade-button-test",
  memberName: null,
  action: "UPDATE",
  differences: [],
  isReportLink: false,
  metricKey: null,
  experimentName: "Upgrade button",
  changesMetricsAfterStart: false,
  ...change,
});

function show(entries: AuditEntry[], change: Partial<ExperimentActivityProps> = {}) {
  const props = {
    filter: NO_FILTER,
    onFilterChange: vi.fn(),
    onLoadMore: vi.fn(),
    onExport: vi.fn(),
    isExporting: false,
    state: {
      status: "ready" as const,
      entries,
      actors: [{ id: 1, name: "Ada" }],
      hasMore: true,
      isLoadingMore: false,
      isOutdated: false,
    },
    ...change,
  };
  renderInEnglish(<ExperimentActivity {...props} />);
  return props;
}

test("each change says who made it, what was there before and what is there now", () => {
  show([
    anEntry({ differences: [{ path: "variants.0.percentage", before: 50, after: 90 }] }),
    anEntry({
      id: "2",
      differences: [
        { path: "status", before: "draft", after: "running" },
        { path: "written_by_hand", before: undefined, after: "2026-11-20T10:00:00Z" },
      ],
    }),
  ]);
  expect(screen.getByText("Ada edited the settings")).toBeTruthy();
  expect(screen.getByText("Variants › 1 › Share")).toBeTruthy();
  expect(screen.getByText("50%", { selector: "del" }).textContent).toBe("before: 50%");
  expect(screen.getByText("90%", { selector: "ins" }).textContent).toBe("after: 90%");
  expect(screen.getByText("Ada: Draft → Running")).toBeTruthy();
  // What has no name for people is not shown by that of the code.
  expect(screen.getByText("Other setting")).toBeTruthy();
  expect(screen.getByText(/20 Nov 2026/, { selector: "ins" })).toBeTruthy();
});

test("the schedule and a hand in the database are told from people", () => {
  const differences = [
    { path: "status", before: "draft", after: "running" },
    { path: "schedule.startAt", before: "2026-11-20T10:00:00Z", after: null },
  ];
  show([
    anEntry({ actor: null, differences }),
    anEntry({
      id: "2",
      actor: null,
      actorRole: "postgres",
      differences: [{ path: "description", before: "a", after: "b" }],
    }),
    anEntry({ id: "3", actor: { id: 9, name: null } }),
  ]);
  expect(screen.getByText("The schedule: Draft → Running")).toBeTruthy();
  expect(screen.getByText("Database role postgres (direct access) edited the settings")).toBeTruthy();
  expect(screen.getByText("Former user 9 edited the settings")).toBeTruthy();
});

test("a change of the metrics after the start says so, and a start what it registered", () => {
  const registered = [
    {
      key: "event:clicked",
      role: "primary",
      kind: "conversion",
      direction: "increase",
      minimumEffect: null,
      definition: "0302a544a7b5",
    },
  ];
  show([
    anEntry({
      differences: [{ path: "clientEvents.0", before: undefined, after: "clicked" }],
      changesMetricsAfterStart: true,
    }),
    anEntry({
      id: "2",
      differences: [
        { path: "status", before: "draft", after: "running" },
        { path: "registeredMetrics", before: null, after: registered },
        { path: "plannedBy", before: null, after: "weeks" },
      ],
    }),
  ]);
  expect(screen.getByText("Ada changed the metrics after the start")).toBeTruthy();
  expect(screen.getByText("Metrics at the start")).toBeTruthy();
  expect(screen.getByText("clicked (primary)", { selector: "ins" })).toBeTruthy();
  expect(screen.getByText("How the target sample size was set")).toBeTruthy();
});

test("a role that was given or taken says whose it is", () => {
  show([
    anEntry({
      tableName: "ExperimentMember",
      slug: null,
      memberName: "Uma",
      action: "INSERT",
      differences: [{ path: "role", before: undefined, after: "EDITOR" }],
    }),
    anEntry({ id: "2", tableName: "ExperimentMember", slug: null, memberName: "Uma", action: "DELETE" }),
  ]);
  expect(screen.getByText("Ada gave Uma the Editor role")).toBeTruthy();
  expect(screen.getByText("Ada removed Uma’s role")).toBeTruthy();
});

test("goes on, is filtered by days, and is exported", () => {
  const { onLoadMore, onFilterChange, onExport } = show([anEntry()]);
  fireEvent.click(screen.getByRole("button", { name: "Show more" }));
  expect(onLoadMore).toHaveBeenCalledOnce();
  fireEvent.change(screen.getByLabelText("From"), { target: { value: "2026-11-01" } });
  expect(onFilterChange).toHaveBeenCalledWith({ from: "2026-11-01" });
  fireEvent.click(screen.getByRole("button", { name: "Export CSV" }));
  expect(onExport).toHaveBeenCalledOnce();
});

test("links and files are said in words, and by no name of a table or a column", () => {
  show([
    anEntry({
      tableName: "PreviewLink",
      action: "INSERT",
      differences: [{ path: "expiresAt", before: undefined, after: "2026-12-01" }],
    }),
    anEntry({ id: "2", tableName: "PreviewLink", action: "DELETE" }),
    anEntry({ id: "4", tableName: "PreviewLink", action: "INSERT", isReportLink: true }),
    anEntry({ id: "5", tableName: "PreviewLink", action: "DELETE", isReportLink: true }),
    anEntry({
      id: "3",
      tableName: "Export",
      action: "EXPORT",
      differences: [{ path: "content", before: undefined, after: "results as CSV" }],
    }),
  ]);
  for (const text of [
    "Ada created preview links",
    "Ada shared the report via a link",
    "Ada revoked a link to the report",
    "Ada revoked preview links",
    "Ada exported a file",
    "Valid until",
    "Content",
  ])
    expect(screen.getAllByText(text)[0]).toBeTruthy();
});

test("changes of metrics and of the start checklist are sentences, and a metric leads to its page", () => {
  const metric = { tableName: "ExperimentMetric", slug: null, metricKey: "paid" } as const;
  const item = { tableName: "ExperimentChecklistItem", slug: null } as const;
  const entries = [
    anEntry({ id: "1", ...metric, action: "INSERT" }),
    anEntry({ id: "2", ...metric, differences: [{ path: "metricVersion", before: 1, after: 2 }] }),
    anEntry({
      id: "3",
      ...metric,
      differences: [{ path: "metricStatus", before: "ready", after: "archived" }],
    }),
    anEntry({
      id: "4",
      ...item,
      action: "INSERT",
      differences: [{ path: "text", before: undefined, after: "Legal" }],
    }),
    anEntry({
      id: "5",
      ...item,
      action: "DELETE",
      differences: [{ path: "text", before: "Legal", after: undefined }],
    }),
  ];
  show(entries, { metricHrefOf: (key) => `/metrics/${key}` });
  for (const text of [
    "Ada created the metric",
    "Ada saved version 2 of the metric",
    "Ada edited the metric",
    "Archived",
    "Ada added “Legal” to the start checklist",
    "Ada removed “Legal” from the start checklist",
  ])
    expect(screen.getByText(text)).toBeTruthy();
  expect(screen.getAllByRole("link", { name: "paid" })[0]?.getAttribute("href")).toBe("/metrics/paid");
});

test.each([
  ["user", 12, "Ada viewed what user 12 sees"],
  ["team", 3, "Ada viewed what team 3 sees"],
  ["visitor", "3f2a91bc", "Ada viewed what visitor 3f2a91bc sees"],
])("who was looked at is said by a bare id: a %s", (unit, id, said) => {
  show([
    anEntry({
      tableName: "Person",
      action: "LOOK",
      slug: null,
      differences: [{ path: unit, before: undefined, after: id }],
    }),
  ]);
  expect(screen.getByText(said)).toBeTruthy();
  // All that there is to say stands in the sentence.
  expect(screen.queryByText(/setting/)).toBeNull();
});

test("a withdrawn winner is told as that: what is served changed, and the measurement stays closed", () => {
  show([
    anEntry({
      differences: [
        { path: "winnerVariant", before: "urgent", after: null },
        { path: "takenBack", before: null, after: { variant: "urgent", at: "2026-11-20T10:00:00.000Z" } },
      ],
    }),
  ]);
  expect(
    screen.getByText(
      "Ada withdrew the winner urgent: it is no longer shown to everyone, and measurement doesn’t resume",
    ),
  ).toBeTruthy();
});

test.each([
  [true, "Ada turned it off: everyone sees control"],
  [false, "Ada turned it back on"],
])("that a former flag is turned off beyond its status (%s) is told as that", (after, said) => {
  show([anEntry({ differences: [{ path: "convertedFrom.isTurnedOff", before: !after, after }] })]);
  expect(screen.getByText(said)).toBeTruthy();
});

test("in the activity of all, a link to what was changed follows the sentence", () => {
  const entry = { tableName: "ExperimentMetric", action: "INSERT", slug: null, metricKey: "paid" } as const;
  show([anEntry({ action: "INSERT" }), anEntry({ id: "2", ...entry })], {
    hrefOf: (slug) => `/experiments/${slug}`,
    metricHrefOf: (key) => `/metrics/${key}`,
  });
  const said = screen
    .getAllByRole("link")
    .map((link) => [
      link.closest("p")?.firstElementChild?.nextElementSibling?.textContent,
      link.getAttribute("href"),
    ]);
  expect(said).toEqual([
    ["Ada created the experiment\u00a0· Upgrade button", "/experiments/upgrade-button-test"],
    ["Ada created the metric\u00a0· paid", "/metrics/paid"],
  ]);
});

test("what has a name is called by it, and what has none by its slug or key", () => {
  const metric = { tableName: "ExperimentMetric", action: "INSERT", slug: null, metricKey: "paid" } as const;
  renderInEnglish(
    <MetricsProvider value={[{ key: "paid", name: "Paid bookings" }]}>
      <ExperimentActivity
        {...{ filter: NO_FILTER, onFilterChange: vi.fn(), onLoadMore: vi.fn(), onExport: vi.fn() }}
        isExporting={false}
        state={{
          status: "ready",
          entries: [anEntry(), anEntry({ id: "2", experimentName: null }), anEntry({ id: "3", ...metric })],
          actors: [],
          hasMore: false,
          isLoadingMore: false,
          isOutdated: false,
        }}
        hrefOf={(slug) => `/experiments/${slug}`}
        metricHrefOf={(key) => `/metrics/${key}`}
      />
    </MetricsProvider>,
  );
  const names = screen.getAllByRole("link").map(({ textContent, title }) => [textContent, title]);
  expect(names).toEqual([
    ["Upgrade button", "upgrade-button-test"],
    ["upgrade-button-test", ""],
    ["Paid bookings", "paid"],
  ]);
});

test("is narrowed to what it is about, and to one experiment from any of its entries", () => {
  const { onFilterChange } = show([anEntry()], { hrefOf: (slug) => `/experiments/${slug}` });
  fireEvent.keyDown(screen.getByRole("combobox", { name: "Topic" }), { key: "Enter" });
  fireEvent.click(screen.getByRole("option", { name: "Views and exports" }));
  expect(onFilterChange).toHaveBeenLastCalledWith({ about: "views" });
  fireEvent.click(screen.getByRole("button", { name: "Only show Upgrade button" }));
  const experiment = { slug: "upgrade-button-test", name: "Upgrade button" };
  expect(onFilterChange).toHaveBeenLastCalledWith({ experiment });
  cleanup();
  const narrowed = show([anEntry()], { hrefOf: (slug) => `/${slug}`, filter: { ...NO_FILTER, experiment } });
  expect(screen.queryByRole("button", { name: /^Only show/ })).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: /^Experiment: Upgrade button/ }));
  expect(narrowed.onFilterChange).toHaveBeenCalledWith({ experiment: null });
});

test("what something was made with, or had at its end, is folded: how many settings, and what they are about", () => {
  const made = (id: string, paths: string[], action: AuditEntry["action"] = "INSERT") =>
    anEntry({
      id,
      action,
      differences: paths.map((path) => ({ path, before: undefined, after: "a" })),
    });
  show([
    made("1", ["by_hand", "salt", "winnerVariant", "name", "hypothesis", "variants.0.percentage", "unit"]),
    made("2", ["name"], "DELETE"),
    made("3", ["by_hand"]),
    made("4", ["content"], "EXPORT"),
  ]);
  const summaries = [...document.querySelectorAll("summary")].map(({ textContent }) => textContent);
  expect(summaries).toEqual([
    "7 settings at creation: Name, Hypothesis, Variants\u00a0…",
    "1 setting at deletion: Name",
    "1 setting at creation",
    "Content",
  ]);
  // Unfolded, all of them are there, and what nobody has chosen comes last.
  const rows = document.querySelector("details")?.querySelectorAll("li") ?? [];
  expect(rows).toHaveLength(7);
  expect(rows[6]?.textContent).toContain("Assignment salt");
  expect(document.querySelector("details details")).toBeNull();
});

test("days are those of the viewer’s zone, as the times are", () => {
  const options = vi.spyOn(Intl.DateTimeFormat.prototype, "resolvedOptions");
  options.mockReturnValue({ ...new Intl.DateTimeFormat().resolvedOptions(), timeZone: "Asia/Tokyo" });
  // In UTC the second one is of the day before, in Tokyo both are of one day.
  show([
    anEntry({ id: "1", at: new Date("2026-11-20T10:00:00Z") }),
    anEntry({ id: "2", at: new Date("2026-11-19T16:00:00Z") }),
    anEntry({ id: "3", at: new Date("2026-11-19T14:00:00Z") }),
  ]);
  const days = screen
    .getAllByRole("region")
    .map((day) => [
      day.querySelector("h2")?.textContent,
      ...[...day.querySelectorAll("time")].map(({ textContent }) => textContent),
    ]);
  expect(days).toEqual([
    ["Fri, 20 Nov 2026", "19:00", "01:00"],
    ["Thu, 19 Nov 2026", "23:00"],
  ]);
  options.mockRestore();
});

test("the export stands with the filters that it goes by", () => {
  show([anEntry()]);
  const filters = screen.getByLabelText("To").closest("[data-slot=filters]")?.parentElement;
  expect(filters?.contains(screen.getByRole("button", { name: "Export CSV" }))).toBe(true);
});

test("says in which zone the days to filter by and the times below are", () => {
  const options = vi.spyOn(Intl.DateTimeFormat.prototype, "resolvedOptions");
  options.mockReturnValue({ ...new Intl.DateTimeFormat().resolvedOptions(), timeZone: "Europe/Berlin" });
  show([anEntry()]);
  expect(screen.getByText("Days and times are in your time zone, Europe/Berlin.")).toBeTruthy();
  options.mockRestore();
});
