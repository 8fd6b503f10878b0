import { expect, test } from "vitest";
import { RefusedReportsCounter } from "./refused-reports";

const aCounter = (isKnown: (slug: string) => boolean = () => true) => {
  let now = 1_000;
  return new RefusedReportsCounter({ isKnown, clock: () => now++ });
};

test("reports are counted by kind, reason and event, the latest first, without anybody's id", () => {
  const counter = aCounter();
  counter.note("a", "conversion", "repeated", "clicked");
  counter.note("a", "exposure", "bot");
  counter.note("a", "conversion", "repeated", "clicked", 3);
  counter.note("b", "exposure", "bot");
  const { refused, since } = counter.read("a");
  expect(since).toEqual(new Date(1_000));
  expect(refused).toEqual([
    {
      kind: "conversion",
      reason: "repeated",
      event: "clicked",
      times: 4,
      firstAt: new Date(1_001),
      lastAt: new Date(1_003),
    },
    {
      kind: "exposure",
      reason: "bot",
      event: null,
      times: 1,
      firstAt: new Date(1_002),
      lastAt: new Date(1_002),
    },
  ]);
});

test("an invented slug leaves no trace, and nothing is read of what was never noted", () => {
  const counter = aCounter((slug) => slug === "real");
  counter.note("invented", "exposure", "bot");
  expect(counter.read("invented").refused).toEqual([]);
  expect(counter.read("real").refused).toEqual([]);
});

test("whoever invents events makes it grow no further: what is beyond is counted without its event", () => {
  const counter = aCounter();
  for (let i = 0; i < 10_000; i++) counter.note("a", "conversion", "not_declared", `event ${i}`);
  const { refused } = counter.read("a");
  expect(refused.length).toBeLessThanOrEqual(41);
  expect(refused.reduce((sum, { times }) => sum + times, 0)).toBe(10_000);
  expect(refused.find(({ event }) => event === null)?.times).toBe(10_000 - 40);
});

test("of 5,000 experiments those are kept that were noted last", () => {
  const counter = aCounter();
  for (let i = 0; i < 5_000; i++) counter.note(`slug-${i}`, "exposure", "bot");
  const kept = Array.from({ length: 5_000 }, (_, i) => counter.read(`slug-${i}`).refused.length);
  expect(kept.reduce((sum, count) => sum + count, 0)).toBe(1_000);
  expect([kept[0], kept.at(-1)]).toEqual([0, 1]);
});
