import { expect, test } from "vitest";
import { RateLimit } from "./rate-limit";

const MINUTE = 60_000;

function aLimit(options: { points?: number; maxKeys?: number; sharedPoints?: number } = {}) {
  const time = { now: 10 * MINUTE };
  const limit = new RateLimit({ points: 4, windowMs: MINUTE, clock: () => time.now, ...options });
  const takes = (count: number, key = "a") => Array.from({ length: count }, () => limit.take(key));
  return { limit, time, takes };
}

test("a key may take its points, and no other pays for it", () => {
  const { takes } = aLimit();
  expect(takes(5)).toEqual([true, true, true, true, false]);
  expect(takes(1, "b")).toEqual([true]);
});

test("what is asked for at once is given whole or not at all", () => {
  const { limit } = aLimit();
  expect([limit.take("a", 3), limit.take("a", 2), limit.take("a", 1)]).toEqual([true, false, true]);
});

test("around the turn of a window no more is given than within one", () => {
  const { takes, time } = aLimit();
  time.now += MINUTE - 1;
  expect(takes(4)).toEqual([true, true, true, true]);
  time.now += 1;
  expect(takes(1)).toEqual([false]);
  time.now += MINUTE / 2;
  expect(takes(3)).toEqual([true, true, false]);
});

test("after two windows nothing is left of what was taken, even where nobody asked in between", () => {
  const { takes, time } = aLimit();
  takes(4);
  time.now += 2 * MINUTE;
  expect(takes(4)).toEqual([true, true, true, true]);
});

test("beyond the keys that it counts apart, all share one count", () => {
  const { limit, takes, time } = aLimit({ maxKeys: 2, sharedPoints: 3 });
  expect([limit.take("a"), limit.take("b")]).toEqual([true, true]);
  expect(["c", "d", "e", "f"].map((key) => limit.take(key))).toEqual([true, true, true, false]);
  expect(takes(4, "a")).toEqual([true, true, true, false]);
  time.now += 2 * MINUTE;
  expect(limit.take("f")).toBe(true);
});

test("what is given back can be taken again", () => {
  const { limit, takes } = aLimit();
  takes(4);
  limit.giveBack("a");
  expect(takes(2)).toEqual([true, false]);
  limit.giveBack("b");
  expect(takes(5, "b")).toEqual([true, true, true, true, false]);
});

test("a key knows whether it is counted apart", () => {
  const { limit, takes } = aLimit({ maxKeys: 1 });
  expect(limit.isShared("a")).toBe(false);
  takes(1, "a");
  expect([limit.isShared("a"), limit.isShared("b")]).toEqual([false, true]);
});

test("the time to wait is at least a second, and ends with the window", () => {
  const { limit, time } = aLimit();
  time.now += 15_000;
  expect(limit.secondsLeft()).toBe(45);
  time.now += 44_999;
  expect(limit.secondsLeft()).toBe(1);
});
