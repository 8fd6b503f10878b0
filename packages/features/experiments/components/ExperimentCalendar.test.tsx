import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { ExperimentCalendar as Calendar, CalendarEntry } from "../types/calendar";
import { WHOLE_LIST } from "../types/list-query";
import { ExperimentCalendar, type ExperimentCalendarProps } from "./ExperimentCalendar";
import { paths } from "./testing/experiments";
import { renderIn, renderInEnglish } from "./testing/in-english";

afterEach(cleanup);

const now = Date.UTC(2026, 10, 30);
const anEntry = (changes: Partial<CalendarEntry> = {}): CalendarEntry => ({
  slug: "upgrade",
  name: "Upgrade button",
  status: "concluded",
  ownerName: "Ada",
  startedAt: "2026-09-03T09:00:00.000Z",
  endedAt: "2026-10-01T09:00:00.000Z",
  ...changes,
});
const aCalendar = (entries: CalendarEntry[], total = entries.length): Calendar => ({
  entries,
  total,
  overall: 200,
  owners: [
    { id: 1, name: "Ada" },
    { id: 2, name: "Bob" },
  ],
  tags: ["pricing"],
  from: "2026-06-01T00:00:00.000Z",
  until: "2026-12-01T00:00:00.000Z",
});

function show(state: ExperimentCalendarProps["state"], render = renderInEnglish) {
  const onQueryChange = vi.fn();
  const query = { ...WHOLE_LIST, month: "2026-06", months: 6 as const };
  render(<ExperimentCalendar {...{ query, onQueryChange, state, now, paths }} />);
  return onQueryChange;
}
const ready = (calendar: Calendar) => ({ status: "ready", calendar, isOutdated: false }) as const;

test("each experiment is a row of a table that says in words what its bar draws", () => {
  const open = anEntry({
    slug: "open",
    name: "Pricing tiers",
    status: "running",
    endedAt: null,
    ownerName: null,
  });
  show(ready(aCalendar([open, anEntry()])));
  const [, first, second] = screen.getAllByRole("row");
  expect(first?.textContent).toContain("Pricing tiersRunningSince 3 Sep 2026");
  expect(second?.textContent).toContain("Upgrade button");
  expect(second?.textContent).toContain("Concluded3 Sep 2026 to 1 Oct 2026");
  expect(
    within(second as HTMLElement)
      .getByRole("link")
      .getAttribute("href"),
  ).toBe("/experiments/upgrade");
  const bars = document.querySelectorAll<HTMLElement>("[data-slot=calendar-bar]");
  expect(bars).toHaveLength(2);
  for (const bar of bars) expect(bar.closest("[aria-hidden]")).not.toBeNull();
});

test("months are walked by buttons, and the span keeps its last month", () => {
  const onQueryChange = show(ready(aCalendar([anEntry()])));
  screen.getByText("June 2026 to November 2026");
  fireEvent.click(screen.getByRole("button", { name: "Earlier" }));
  expect(onQueryChange).toHaveBeenLastCalledWith({ month: "2026-03", page: 1 });
  fireEvent.click(screen.getByRole("button", { name: "Later" }));
  expect(onQueryChange).toHaveBeenLastCalledWith({ month: "2026-09", page: 1 });
  fireEvent.click(screen.getByRole("button", { name: "Today" }));
  expect(onQueryChange).toHaveBeenLastCalledWith({ month: "2026-06", page: 1 });
});

test("it is filtered by status, unit, owner and tag as the list is, and has no order to choose", () => {
  show(ready(aCalendar([anEntry()])));
  const names = screen.getAllByRole("combobox").map((box) => box.getAttribute("aria-label"));
  expect(names).toEqual(["Months", "Status", "Randomization unit", "Owner", "Tag"]);
});

test("many are on pages; none, loading and failing have their own states", () => {
  show(
    ready(
      aCalendar(
        Array.from({ length: 50 }, (_, i) => anEntry({ slug: `s${i}` })),
        5_000,
      ),
    ),
  );
  within(screen.getByRole("navigation", { name: "Pages" })).getByText("1–50 of 5,000");
  cleanup();
  const onQueryChange = show(ready(aCalendar([])));
  screen.getByText("No experiments ran in these months");
  fireEvent.click(screen.getByRole("button", { name: "Clear filters" }));
  expect(onQueryChange).toHaveBeenLastCalledWith(expect.objectContaining({ month: "2026-06", tag: null }));
  cleanup();
  show({ status: "loading" });
  screen.getByRole("status", { name: "Loading the calendar" });
  cleanup();
  show({ status: "error", message: "It takes too long.", onRetry: () => undefined });
  screen.getByText("It takes too long.");
});

test("it speaks German", () => {
  show(ready(aCalendar([anEntry()])), (element) => renderIn("de", element));
  screen.getByText("Juni 2026 bis November 2026");
  expect(screen.getAllByRole("row")[1]?.textContent).toContain("3. Sep 2026 bis 1. Okt 2026");
});
