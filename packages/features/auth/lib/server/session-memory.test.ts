import { describe, expect, test } from "vitest";
import { SessionMemory } from "./session-memory";

function aMemory() {
  const time = { now: 1_000_000 };
  const memory = new SessionMemory(() => time.now);
  const learn = (sessionId: string, { userId = 7, leftMs = 60 * 60_000 } = {}) =>
    memory.end(memory.begin(userId), { sessionId, leftMs });
  return { memory, time, learn };
}

describe("what a node has read of a session", () => {
  test("holds for half a second while nothing is heard, and for five while announcements arrive", () => {
    const { memory, time, learn } = aMemory();
    learn("deaf");
    time.now += 499;
    expect(memory.recall("deaf")).toBe(true);
    time.now += 1;
    expect(memory.recall("deaf")).toBeNull();
    memory.hear();
    learn("heard");
    time.now += 4_999;
    expect(memory.recall("heard")).toBe(true);
    time.now += 1;
    expect(memory.recall("heard")).toBeNull();
  });

  test("does not hold where it was read before announcements arrived, nor once they were lost", () => {
    const { memory, time, learn } = aMemory();
    learn("before");
    time.now += 400;
    memory.hear();
    time.now += 400;
    expect(memory.recall("before")).toBeNull();
    learn("after");
    time.now += 600;
    memory.hear();
    expect(memory.recall("after")).toBe(true);
    memory.lose();
    expect(memory.recall("after")).toBeNull();
    memory.hear();
    expect(memory.recall("after")).toBeNull();
  });

  test("is forgotten with an announcement, and so is what a look finds that began before", () => {
    const { memory, learn } = aMemory();
    learn("known");
    learn("of another", { userId: 8 });
    const [reading, ofAnother] = [memory.begin(7), memory.begin(8)];
    memory.forget(7);
    memory.end(reading, { sessionId: "late", leftMs: 1_000 });
    memory.end(ofAnother, { sessionId: "theirs", leftMs: 1_000 });
    expect(["known", "late", "of another", "theirs"].map((id) => memory.recall(id))).toEqual([
      null,
      null,
      true,
      true,
    ]);
  });

  test("ends with the session, and an end is for good", () => {
    const { memory, time, learn } = aMemory();
    memory.hear();
    learn("short", { leftMs: 300 });
    learn("over", { leftMs: 0 });
    time.now += 300;
    expect([memory.recall("short"), memory.recall("over")]).toEqual([false, false]);
    time.now += 24 * 60 * 60_000;
    expect(memory.recall("over")).toBe(false);
  });

  test("may be relied on for reading for so long, unless something was announced", () => {
    const { memory, time, learn } = aMemory();
    learn("seen");
    time.now += 60_000;
    expect([memory.wasValid("seen", 60_000), memory.wasValid("unseen", 60_000)]).toEqual([true, false]);
    memory.lose();
    expect(memory.wasValid("seen", 60_000)).toBe(true);
    time.now += 1;
    expect(memory.wasValid("seen", 60_000)).toBe(false);
    learn("seen");
    memory.forget(7);
    expect(memory.wasValid("seen", 60_000)).toBe(false);
  });

  test("is bounded: the oldest goes first", () => {
    const { memory, learn } = aMemory();
    for (let session = 0; session < 20_001; session++) learn(`${session}`);
    expect([memory.recall("0"), memory.recall("1"), memory.recall("20000")]).toEqual([null, true, true]);
  });
});
