import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createUnsent } from "./unsent";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const HOUR_MS = 3_600_000;
const names = (count: number) => Array.from({ length: count }, (_, index) => `report-${index}`);

/** A page whose reports did not arrive, and what is sent again of them, by when. */
function aPage() {
  const keep = createUnsent();
  const sent: string[] = [];
  let fails = (_name: string) => true;
  return {
    sent,
    lose(...reports: string[]) {
      for (const name of reports)
        keep({
          happenedAt: performance.now(),
          async send() {
            sent.push(name);
            if (fails(name)) throw new TypeError("Failed to fetch");
          },
        });
    },
    failsFor(which: (name: string) => boolean) {
      fails = which;
    },
  };
}

test("all that wait have one timer, and one of them tells whether the server is back", async () => {
  const page = aPage();
  page.lose(...names(50));
  expect(vi.getTimerCount()).toBe(1);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(page.sent).toHaveLength(1);
  expect(vi.getTimerCount()).toBe(1);
  page.failsFor(() => false);
  page.sent.length = 0;
  await vi.advanceTimersByTimeAsync(4_000);
  expect(page.sent.toSorted()).toEqual(names(50).toSorted());
  expect(vi.getTimerCount()).toBe(0);
});

test("a server that stays away is asked once a minute, for three days", async () => {
  const page = aPage();
  page.lose(...names(3));
  await vi.advanceTimersByTimeAsync(HOUR_MS);
  expect(page.sent.length).toBeLessThan(70);
  const since = performance.now();
  await vi.runAllTimersAsync();
  expect(performance.now() - since).toBeLessThan(72 * HOUR_MS);
  page.failsFor(() => false);
  page.lose("later");
  await vi.runAllTimersAsync();
  expect(page.sent.at(-1)).toBe("later");
});

test("one that fails each time holds up none of the others", async () => {
  const page = aPage();
  page.failsFor((name) => name === "report-1");
  page.lose(...names(4));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(page.sent.filter((name) => name !== "report-1")).toEqual(["report-0", "report-2", "report-3"]);
  expect(vi.getTimerCount()).toBe(1);
});

test("what is beyond a hundred is lost, so that a page that stays open offline does not grow", async () => {
  const page = aPage();
  page.lose(...names(1_000));
  page.failsFor(() => false);
  await vi.runAllTimersAsync();
  expect(page.sent).toEqual(names(100));
});
