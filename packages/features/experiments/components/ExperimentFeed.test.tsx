import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ExperimentFeed as Feed, FeedEvent } from "../types/feed";
import { ExperimentFeed, type ExperimentFeedProps } from "./ExperimentFeed";
import { inEnglish, renderInEnglish } from "./testing/in-english";

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 30, 12) });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const at = new Date("2026-11-30T11:59:00Z");
const anEvent = (id: string, changes: Partial<FeedEvent> = {}): FeedEvent => ({
  id,
  at,
  kind: "exposed",
  event: null,
  variant: "urgent",
  subject: { unit: "user", id: "12" },
  notCounted: null,
  countsFrom: null,
  ...changes,
});
const aFeed = (changes: Partial<Feed> = {}): Feed => ({
  asOf: at,
  events: [anEvent("1"), anEvent("2", { kind: "converted", event: "paid", notCounted: "late" })],
  isWithheld: false,
  isMasked: false,
  isCut: false,
  refused: [],
  refusedSince: at,
  ...changes,
});
const props = (feed: Feed, changes: Partial<ExperimentFeedProps> = {}): ExperimentFeedProps => ({
  state: { status: "ready", feed },
  isPaused: false,
  onPause: () => undefined,
  everySeconds: 5,
  personPath: ({ unit, id }) => `/people?${unit}=${id}`,
  ...changes,
});

test("each event stands with its variant, its participant and whether it counts", () => {
  renderInEnglish(<ExperimentFeed {...props(aFeed())} />);
  const cells = screen
    .getAllByRole("row")
    .map((row) => [...row.children].slice(1).map((cell) => cell.textContent));
  expect(cells).toEqual([
    ["Event", "Variant", "Participant", "Counted"],
    ["Exposed", "urgent", "User 12", "Yes"],
    ["Converted: paid", "urgent", "User 12", "No: after the conversion window"],
  ]);
  expect(screen.getAllByRole("link")[0]?.getAttribute("href")).toBe("/people?user=12");
  screen.getByText("Every report was recorded.");
});

test("what is in an open window is not called counted: it says from when it counts", () => {
  const countsFrom = new Date("2026-12-03T11:59:00Z");
  const events = [
    anEvent("1", { countsFrom }),
    anEvent("2", { kind: "converted", event: "paid", notCounted: "no_metric", countsFrom }),
  ];
  renderInEnglish(<ExperimentFeed {...props(aFeed({ events }))} />);
  const [, open, never] = screen.getAllByRole("row").map((row) => row.lastElementChild?.textContent);
  expect(open).toMatch(/^Yes, from 3 Dec 2026/);
  expect(never).toBe("No: no metric counts this event");
});

test("times have seconds", () => {
  renderInEnglish(<ExperimentFeed {...props(aFeed({ asOf: new Date("2026-11-30T11:59:07Z") }))} />);
  screen.getByText(/As of 30 Nov 2026, \d\d:59:07 /);
  for (const time of document.querySelectorAll("time")) expect(time.textContent).toMatch(/^\d\d:59:00$/);
});

test("masked, it links to nobody, and says what is hidden", () => {
  const events = [
    anEvent("1", { subject: { unit: "user", id: null } }),
    anEvent("2", { subject: { unit: "visitor", id: "0a1b2c3d" } }),
  ];
  renderInEnglish(<ExperimentFeed {...props(aFeed({ events, isMasked: true, isWithheld: true }))} />);
  expect(screen.queryByRole("link")).toBeNull();
  for (const text of ["A user", "Visitor 0a1b2c3d", "Your role doesn’t let you see user IDs."])
    screen.getByText(text);
  screen.getByText("Conversions are hidden until the variants can be compared.");
});

test("it says how much it shows, and where the latest conversions may be missing", () => {
  const { rerender } = renderInEnglish(<ExperimentFeed {...props(aFeed())} />);
  screen.getByText(
    /The 100 latest events from the 200 most recently exposed participants, .* Up to 20 conversions are listed per participant\./,
  );
  expect(screen.queryByText(/more than 300 conversions/)).toBeNull();
  rerender(inEnglish(<ExperimentFeed {...props(aFeed({ isCut: true }))} />));
  screen.getByText(/more than 300 conversions/);
});

test("what was not recorded is said by its reason", () => {
  const refused = [
    { kind: "conversion", reason: "not_declared", event: "paid", times: 1_234, firstAt: at, lastAt: at },
    { kind: "exposure", reason: "bot", event: null, times: 2, firstAt: at, lastAt: at },
  ] as const;
  renderInEnglish(<ExperimentFeed {...props(aFeed({ events: [], refused: [...refused] }))} />);
  screen.getByText("Nothing recorded yet");
  const rows = screen
    .getAllByRole("row")
    .map((row) => [...row.children].slice(0, 3).map((cell) => cell.textContent));
  expect(rows.slice(1)).toEqual([
    ["Conversion: paid", "Not listed as a client-side event", "1,234"],
    ["Exposure", "Reported by a bot", "2"],
  ]);
});

test("it is paused and goes on by one button", () => {
  const onPause = vi.fn();
  const { rerender } = renderInEnglish(<ExperimentFeed {...props(aFeed(), { onPause })} />);
  fireEvent.click(screen.getByRole("button", { name: "Freeze list" }));
  expect(onPause).toHaveBeenLastCalledWith(true);
  rerender(inEnglish(<ExperimentFeed {...props(aFeed(), { onPause, isPaused: true })} />));
  screen.getByText(/^List frozen at/);
  fireEvent.click(screen.getByRole("button", { name: "Unfreeze list" }));
  expect(onPause).toHaveBeenLastCalledWith(false);
});

test("a reader is told of new entries politely, and at most twice a minute", () => {
  const { rerender } = renderInEnglish(<ExperimentFeed {...props(aFeed())} />);
  const show = (count: number) =>
    act(() => {
      const events = Array.from({ length: count }, (_, id) => anEvent(String(id + 1)));
      rerender(inEnglish(<ExperimentFeed {...props(aFeed({ events }))} />));
    });
  const said = () => screen.getByRole("status").textContent;
  expect(said()).toBe("");
  for (let second = 5; second < 30; second += 5) {
    vi.advanceTimersByTime(5_000);
    show(2 + second);
    expect(said()).toBe("");
  }
  vi.advanceTimersByTime(5_000);
  show(40);
  expect(said()).toBe("38 new entries");
  expect(screen.getByRole("status").getAttribute("aria-live")).toBe("polite");
});

test("loading and failing have their own states", () => {
  const { rerender } = renderInEnglish(
    <ExperimentFeed {...props(aFeed(), { state: { status: "loading" } })} />,
  );
  screen.getByRole("status", { name: "Loading the latest events" });
  const onRetry = vi.fn();
  const failed = { status: "error", message: "It takes too long.", onRetry } as const;
  rerender(inEnglish(<ExperimentFeed {...props(aFeed(), { state: failed })} />));
  fireEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(onRetry).toHaveBeenCalledOnce();
});
