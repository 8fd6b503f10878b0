import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { logger } from "./logger";
import { strike } from "./strike";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.runOnlyPendingTimers();
  vi.runOnlyPendingTimers();
  vi.useRealTimers();
});

test("the log tells of the first refusal at once, then once a minute how many followed, and then no more", () => {
  const warn = vi.spyOn(logger, "warn").mockImplementation(() => {});
  for (let refusal = 0; refusal < 5_000; refusal++) strike("tests.a_limit", { network: "203.0.113.7" });
  expect(warn.mock.calls).toEqual([["A limit refuses.", { limit: "tests.a_limit", network: "203.0.113.7" }]]);
  vi.advanceTimersByTime(60_000);
  expect(warn).toHaveBeenLastCalledWith("A limit goes on refusing.", {
    limit: "tests.a_limit",
    refused: 4_999,
    seconds: 60,
  });
  vi.advanceTimersByTime(10 * 60_000);
  expect(warn).toHaveBeenCalledTimes(2);
  strike("tests.a_limit");
  expect(warn).toHaveBeenCalledTimes(3);
});
