import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Patience } from "./patience";

const late = () => new Error("late");
const never = () => new Promise<never>(() => {});

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setImmediate", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

/** How a wait ended, and after how long. */
interface Ending {
  how: string;
  afterMs: number;
}

function follow(patience: Patience, milliseconds: number, answer: Promise<unknown>): Ending[] {
  const endings: Ending[] = [];
  const since = performance.now();
  const end = (how: string) => endings.push({ how, afterMs: Math.round(performance.now() - since) });
  patience.wait(milliseconds, answer, late).then(
    () => end("answered"),
    (error: Error) => end(error.message),
  );
  return endings;
}

const after = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

test("one that waits alone waits for its whole time, and is told what failed in time", async () => {
  const patience = new Patience();
  const alone = follow(patience, 100, never());
  const failed = follow(patience, 100, Promise.reject(new RangeError("gone")));
  await pass(99);
  expect([alone, failed]).toEqual([[], [{ how: "gone", afterMs: 0 }]]);
  await pass(5);
  expect(alone).toEqual([{ how: "late", afterMs: expect.closeTo(100, -1) }]);
});

test("a crowd that comes one after another to a silent database is answered together", async () => {
  const patience = new Patience();
  const crowd: Ending[][] = [];
  for (let index = 0; index < 150; index++) {
    crowd.push(follow(patience, 100, never()));
    await pass(1);
  }
  await pass(30);
  for (const [index, endings] of crowd.entries())
    expect(endings[0]?.afterMs, `after ${index} ms`).toBeLessThanOrEqual(Math.max(25, 100 - index) + 5);
});

test("a slow statement takes no patience from others while the database answers", async () => {
  const patience = new Patience();
  const slow = follow(patience, 100, after(400));
  await pass(80);
  const answered = follow(patience, 100, after(10));
  await pass(15);
  const other = follow(patience, 100, after(60));
  await pass(100);
  expect([slow, answered, other].map(([ending]) => ending?.how)).toEqual(["late", "answered", "answered"]);
});

test("an answer from memory does not break the silence, and one from the database does", async () => {
  const patience = new Patience();
  follow(patience, 100, never());
  await pass(105);
  expect(follow(patience, 100, Promise.resolve("remembered"))).toEqual([]);
  await pass(0);
  const during = follow(patience, 100, never());
  await pass(40);
  expect(during[0]?.how).toBe("late");
  const back = follow(patience, 100, after(10));
  await pass(10);
  const afterwards = follow(patience, 100, after(90));
  await pass(95);
  expect([back[0]?.how, afterwards[0]?.how]).toEqual(["answered", "answered"]);
});

test("whoever waits while the silence ends keeps the whole of its time", async () => {
  const patience = new Patience();
  follow(patience, 100, never());
  await pass(105);
  follow(patience, 100, after(10));
  await pass(5);
  const waiting = follow(patience, 100, after(80));
  await pass(90);
  expect(waiting[0]?.how).toBe("answered");
});

test("once everybody was told, the next one has the whole of its time again", async () => {
  const patience = new Patience();
  const failing = new Promise<never>((_, reject) => setTimeout(() => reject(new Error("away")), 300));
  follow(patience, 100, failing);
  await pass(310);
  const next = follow(patience, 100, after(90));
  await pass(95);
  expect(next[0]?.how).toBe("answered");
});
