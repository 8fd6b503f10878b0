import { expect, test } from "vitest";
import { Remembered } from "./remembered";

const MINUTE_MS = 60_000;

function aMemory(isWorthIt?: (value: number) => boolean) {
  let now = new Date("2026-11-29T12:00:00Z").getTime();
  let reads = 0;
  const remembered = new Remembered<number>(() => new Date(now), isWorthIt);
  return {
    ask: (key = "visitor") => remembered.get(key, async () => ++reads),
    fail: () => remembered.get("visitor", () => Promise.reject(new Error("away"))),
    wait: (minutes: number) => {
      now += minutes * MINUTE_MS;
    },
  };
}

test("an answer is shared by those who wait for it, and remembered for ten minutes, each by its key", async () => {
  const { ask, wait } = aMemory();
  expect(await Promise.all([ask(), ask(), ask("user")])).toEqual([1, 1, 2]);
  wait(10);
  expect(await ask()).toBe(1);
  wait(1);
  expect(await ask()).toBe(3);
});

test("a failure is not remembered, nor what costs nothing to ask again", async () => {
  const { ask, fail } = aMemory((value) => value > 1);
  await expect(fail()).rejects.toThrow("away");
  expect(await ask()).toBe(1);
  expect(await ask()).toBe(2);
  expect(await ask()).toBe(2);
});

test("so many answers are kept at most, the latest of them", async () => {
  const { ask } = aMemory();
  for (let n = 1; n <= 1_100; n++) await ask(`question ${n}`);
  expect(await ask("question 1100")).toBe(1_100);
  expect(await ask("question 1")).toBe(1_101);
});
