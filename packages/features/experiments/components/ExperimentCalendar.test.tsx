import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { ExperimentCalendar as Calendar, CalendarEntry } from "../types/calendar";
import { WHOLE_LIST } from "../types/list-query";
import { BESIDE_WORDS, CALENDAR_COLUMNS } from "./calendar/columns";
import { type CalendarQuery, ExperimentCalendar, type ExperimentCalendarProps } from "./ExperimentCalendar";
import { paths } from "./testing/experiments";
import { renderIn, renderInEnglish } from "./testing/in-english";

afterEach(cleanup);

const now = Date.UTC(2026, 10, 30);
const anEntry = (changes: Partial<CalendarEntry> = {}): CalendarEntry => ({
  slug: "upgrade",
  name: "Upgrade button",
  status: "concluded",
  isTurnedOff: false,
  ownerName: "Ada",
  startedAt: "2026-09-03T09:00:00.000Z",
  endedAt: "2026-10-01T09:00:00.000Z",
  plannedStart: null,
  plannedEnd: null,
  expectedEnd: null,
  isPastEnd: false,
  reachedAt: null,
  pauses: [],
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

const aroundNow = { ...WHOLE_LIST, month: null, months: null };

function show(
  state: ExperimentCalendarProps["state"],
  render = renderInEnglish,
  query: CalendarQuery = aroundNow,
) {
  const onQueryChange = vi.fn();
  render(<ExperimentCalendar {...{ query, onQueryChange, state, now, paths }} />);
  return onQueryChange;
}
const ready = (calendar: Calendar) => ({ status: "ready", calendar, isOutdated: false }) as const;

test("says the owner only where there are several, and the year only of another one", () => {
  const [planned, next] = ["2026-12-05T00:00:00.000Z", "2027-01-20T00:00:00.000Z"];
  const draft = anEntry({
    slug: "next",
    status: "draft",
    startedAt: null,
    endedAt: null,
    plannedStart: planned,
    plannedEnd: next,
  });
  show(ready(aCalendar([draft, anEntry()])));
  expect(screen.getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual([
    "Upgrade buttonDraftStarts 5 Dec, pauses 20 Jan 2027",
    "Upgrade buttonConcluded3 Sep to 1 Oct",
  ]);
  cleanup();
  show(
    ready({ ...aCalendar([anEntry()]), from: "2026-12-01T00:00:00.000Z", until: "2027-02-01T00:00:00.000Z" }),
  );
  const months = [...document.querySelectorAll("[data-slot=calendar-month]")];
  expect(months.map(({ textContent }) => textContent)).toEqual(["Dec 2026", "Jan 2027"]);
});

test("each experiment is an entry of a list that says in words what its bar draws", () => {
  const open = anEntry({
    slug: "open",
    name: "Pricing tiers",
    status: "running",
    endedAt: null,
    ownerName: null,
  });
  show(ready(aCalendar([open, anEntry()])));
  const [first, second] = screen.getAllByRole("listitem");
  expect(first?.textContent).toBe("Pricing tiersRunningSince 3 Sep");
  expect(second?.textContent).toBe("Upgrade buttonConcluded\u00a0· Owner: Ada3 Sep to 1 Oct");
  expect(
    within(second as HTMLElement)
      .getByRole("link")
      .getAttribute("href"),
  ).toBe("/experiments/upgrade");
  const bars = document.querySelectorAll<HTMLElement>("[data-slot=calendar-bar]");
  expect(bars).toHaveLength(2);
  for (const bar of bars) expect(bar.closest("[aria-hidden]")).not.toBeNull();
});

test("what is scheduled is said, and drawn apart from what ran", () => {
  const planned = { plannedStart: "2026-12-05T00:00:00.000Z", plannedEnd: "2026-12-20T00:00:00.000Z" };
  const notYet = { status: "draft", startedAt: null, endedAt: null, ownerName: null } as const;
  const running = { status: "running", endedAt: null, ownerName: null } as const;
  const calendar = aCalendar([
    anEntry({ ...notYet, ...planned }),
    anEntry({ ...notYet, ...planned, plannedEnd: null, slug: "b" }),
    anEntry({ ...running, plannedEnd: planned.plannedEnd, slug: "c" }),
    anEntry({ ...running, plannedEnd: "2026-11-01T00:00:00.000Z", slug: "d" }),
  ]);
  show(ready({ ...calendar, until: "2027-01-01T00:00:00.000Z" }));
  expect(screen.getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual([
    "Upgrade buttonDraftStarts 5 Dec, pauses 20 Dec",
    "Upgrade buttonDraftStarts 5 Dec",
    "Upgrade buttonRunningSince 3 Sep, pauses 20 Dec",
    "Upgrade buttonRunningSince 3 Sep, overdue since 1 Nov",
  ]);
  expect(document.querySelectorAll("[data-slot=calendar-bar]")).toHaveLength(2);
  expect(document.querySelectorAll("[data-slot=calendar-overdue]")).toHaveLength(1);
  expect(document.querySelectorAll("[data-slot=calendar-planned]")).toHaveLength(3);
});

test.each([
  ["Pacific/Kiritimati", "Since 4 Sep, pauses 21 Dec"],
  ["Pacific/Midway", "Since 3 Sep, pauses 20 Dec"],
])("in %s, the days are those of the experiment’s own page", (zone, days) => {
  vi.stubEnv("TZ", zone);
  const entry = anEntry({
    status: "running",
    startedAt: "2026-09-03T12:00:00.000Z",
    endedAt: null,
    ownerName: null,
    plannedEnd: "2026-12-20T12:00:00.000Z",
  });
  show(ready(aCalendar([entry])));
  expect(screen.getByRole("listitem").textContent).toContain(days);
  vi.unstubAllEnvs();
});

test("an end that nobody has scheduled is shown as it is expected, and goes once it is over", () => {
  const running = { status: "running", endedAt: null, ownerName: null } as const;
  const calendar = aCalendar([
    anEntry({ ...running, expectedEnd: "2026-12-20T00:00:00.000Z" }),
    anEntry({ ...running, expectedEnd: "2026-11-20T00:00:00.000Z", slug: "b" }),
  ]);
  show(ready({ ...calendar, until: "2027-01-01T00:00:00.000Z" }));
  expect(screen.getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual([
    "Upgrade buttonRunningSince 3 Sep, expected until 20 Dec",
    "Upgrade buttonRunningSince 3 Sep",
  ]);
  expect(document.querySelectorAll("[data-slot=calendar-planned]")).toHaveLength(1);
});

test("what runs although all that was planned has come is said, and marked apart from the rest of its bar", () => {
  const running = { status: "running", endedAt: null, ownerName: null } as const;
  show(ready(aCalendar([anEntry({ ...running, isPastEnd: true })])));
  expect(screen.getByRole("listitem").textContent).toBe("Upgrade buttonRunningSince 3 Sep, overdue");
  const mark = document.querySelector("[data-slot=calendar-overdue]");
  // Not by its colour alone.
  expect(mark?.firstElementChild?.className).toContain("repeating-linear-gradient");
});

test("a legend names what is drawn, and what is over is lighter than what runs", () => {
  show(ready(aCalendar([anEntry({ slug: "a" }), anEntry({ slug: "b", status: "running", endedAt: null })])));
  expect(legend()).toEqual(["Running", "Concluded"]);
  const [over, runs] = [...document.querySelectorAll("[data-slot=calendar-bar]")].map((bar) =>
    Number(/bg-current\/(\d+)/.exec(bar.firstElementChild?.className ?? "")?.[1]),
  );
  expect(over).toBeLessThan(runs ?? 0);
});

test("the legend names every kind of bar that is drawn, each told by more than its colour", () => {
  const running = { status: "running", endedAt: null } as const;
  const pauses = [{ from: "2026-11-01T00:00:00.000Z", to: null }];
  const entries = [
    anEntry({ ...running, slug: "a", expectedEnd: "2026-12-20T00:00:00.000Z" }),
    anEntry({ ...running, slug: "b", plannedEnd: "2026-12-20T00:00:00.000Z" }),
    anEntry({ ...running, slug: "c", plannedEnd: "2026-11-01T00:00:00.000Z" }),
    anEntry({ ...running, slug: "d", status: "paused", pauses }),
    anEntry({ ...running, slug: "e", status: "off", pauses }),
    anEntry({ slug: "f" }),
    anEntry({ slug: "g", status: "archived" }),
  ];
  show(ready({ ...aCalendar(entries), until: "2027-01-01T00:00:00.000Z" }));
  expect(legend()).toEqual([
    "Running",
    "Paused",
    "Turned off",
    "Scheduled",
    "Expected",
    "Overdue",
    "Concluded",
    "Archived",
  ]);
});

test("every part of a bar has the colour and the filling that the legend explains, and no other", () => {
  const running = { status: "running", endedAt: null } as const;
  const pauses = [{ from: "2026-11-01T00:00:00.000Z", to: null }];
  const over = [{ from: "2026-09-10T00:00:00.000Z", to: "2026-09-20T00:00:00.000Z" }];
  const later = "2026-12-20T00:00:00.000Z";
  const kinds = [
    anEntry({ ...running, slug: "a", expectedEnd: later }),
    anEntry({ ...running, slug: "b", status: "paused", pauses, plannedEnd: later }),
    anEntry({ ...running, slug: "c", status: "off", pauses, expectedEnd: later }),
    anEntry({ ...running, slug: "d", status: "paused" }),
    anEntry({ slug: "e", pauses: over }),
    anEntry({ slug: "f", status: "archived" }),
    anEntry({ slug: "g", status: "draft", startedAt: null, endedAt: null, plannedStart: later }),
  ];
  const looksOf = (parts: Iterable<Element>) =>
    new Set(
      [...parts].map((part) => {
        const classes = `${part.className} ${part.firstElementChild?.className ?? ""}`.split(" ");
        return classes.filter((name) => /^text-|gradient|^bg-current|dashed|end-style/.test(name)).join(" ");
      }),
    );
  for (const entries of [...kinds.map((entry) => [entry]), kinds]) {
    show(ready({ ...aCalendar(entries), until: "2027-01-01T00:00:00.000Z" }));
    const samples = document.querySelectorAll("[data-slot=calendar-legend] > span > span");
    const bars = [...document.querySelectorAll("li [aria-hidden].h-3")];
    expect(bars).toHaveLength(entries.length);
    const parts = bars.flatMap((bar) => {
      const [pause] = bar.querySelectorAll<HTMLElement>("[data-slot=calendar-pause]");
      // What a pause covers from end to end cannot be seen.
      return [...bar.querySelectorAll<HTMLElement>(":scope > span")].filter(
        (part) => part === pause || part.style.width !== pause?.style.width,
      );
    });
    expect(looksOf(samples)).toEqual(looksOf(parts));
    // Told apart without colour.
    const forms = [...looksOf(samples)].map((look) => look.replace(/text-\S+/, ""));
    expect(new Set(forms).size).toBe(forms.length);
    cleanup();
  }
});

const legend = () =>
  [...(document.querySelector("[data-slot=calendar-legend]")?.children ?? [])].map(
    ({ textContent }) => textContent,
  );

test("only the part of a bar is hatched in which it was paused, and since when is said", () => {
  const paused = { status: "paused", endedAt: null, ownerName: null } as const;
  const pauses = [{ from: "2026-11-01T00:00:00.000Z", to: null }];
  show(ready(aCalendar([anEntry({ ...paused, pauses })])));
  expect(screen.getByRole("listitem").textContent).toBe(
    "Upgrade buttonPausedSince 3 Sep, paused since 1 Nov",
  );
  const [ran, pause] = ["bar", "pause"].map(
    (slot) => document.querySelector<HTMLElement>(`[data-slot=calendar-${slot}]`)?.style.width,
  );
  expect(Number.parseFloat(pause ?? "")).toBeLessThan(Number.parseFloat(ran ?? "") / 2);
});

test("what is written stands apart from the days, so that nothing is written over them", () => {
  show(ready(aCalendar([anEntry()])));
  const chart = document.querySelector("[data-slot=calendar-today]")?.parentElement;
  expect(chart?.className).toContain(BESIDE_WORDS);
  expect(screen.getByRole("listitem").className).toContain(CALENDAR_COLUMNS);
});

test("today is marked in a line apart from the names of the months", () => {
  show(ready(aCalendar([anEntry()])));
  const months = [...document.querySelectorAll("[data-slot=calendar-month]")];
  expect(months.map(({ textContent }) => textContent)).toEqual(["Jun", "Jul", "Aug", "Sep", "Oct", "Nov"]);
  const [word] = screen.getAllByText("Today").filter((element) => element.closest("[aria-hidden]"));
  expect(months[0]?.parentElement?.contains(word ?? null)).toBe(false);
  expect(document.querySelectorAll("[data-slot=calendar-today]")).toHaveLength(1);
  cleanup();
  show(ready({ ...aCalendar([anEntry()]), until: "2026-11-01T00:00:00.000Z" }));
  expect(document.querySelector("[data-slot=calendar-today]")).toBeNull();
});

test("months are walked by buttons, half of what is shown at a time, and today leads back", () => {
  const onQueryChange = show(ready(aCalendar([anEntry()])));
  screen.getByText("June to November 2026");
  fireEvent.click(screen.getByRole("button", { name: "Earlier" }));
  expect(onQueryChange).toHaveBeenLastCalledWith({ month: "2026-03", months: 6, page: 1 });
  fireEvent.click(screen.getByRole("button", { name: "Later" }));
  expect(onQueryChange).toHaveBeenLastCalledWith({ month: "2026-09", months: 6, page: 1 });
  fireEvent.click(screen.getByRole("button", { name: "Today" }));
  expect(onQueryChange).toHaveBeenLastCalledWith({ month: null, months: null, page: 1 });
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
  show(ready(aCalendar([])));
  screen.getByText("No experiments ran in these months");
  screen.getByText(/once they have started/);
  expect(screen.queryByRole("button", { name: "Clear filters" })).toBeNull();
  cleanup();
  const onQueryChange = show(ready(aCalendar([])), renderInEnglish, { ...aroundNow, tag: "pricing" });
  fireEvent.click(screen.getByRole("button", { name: "Clear filters" }));
  expect(onQueryChange).toHaveBeenLastCalledWith(expect.objectContaining({ month: null, tag: null }));
  cleanup();
  show({ status: "loading" });
  screen.getByRole("status", { name: "Loading the calendar" });
  cleanup();
  show({ status: "error", message: "It takes too long.", onRetry: () => undefined });
  screen.getByText("It takes too long.");
});

test("it speaks German", () => {
  show(ready(aCalendar([anEntry()])), (element) => renderIn("de", element));
  screen.getByText("Juni bis November 2026");
  const months = [...document.querySelectorAll("[data-slot=calendar-month]")];
  expect(months.map(({ textContent }) => textContent).join(" ")).toBe("Jun Jul Aug Sep Okt Nov");
  expect(screen.getAllByRole("listitem")[0]?.textContent).toContain("3. Sep bis 1. Okt");
});
