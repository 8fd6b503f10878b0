import { describe, expect, test } from "vitest";
import { crossing } from "./roots";

/** Where it crosses, and after how many values: each value of a score costs a pass over all epochs. */
function search(f: (x: number) => number, start: number, step: number, limit: number) {
  const asked: number[] = [];
  const x = crossing(
    (at) => {
      asked.push(at);
      return f(at);
    },
    start,
    step,
    limit,
  );
  return { x, values: asked.length, furthest: step > 0 ? Math.max(...asked) : Math.min(...asked) };
}

describe("a crossing is found to the last digit, by so many values", () => {
  test.each([
    ["of a line", (x: number) => x - 2, 0, 0.5, 10, 2, 5],
    ["of a line downwards", (x: number) => -x - 2, 0, -0.5, -10, -2, 5],
    ["of a curve", (x: number) => x ** 3 - 5, 0, 0.1, 100, Math.cbrt(5), 16],
    ["of a flat curve", (x: number) => Math.atan(x - 40), 0, 1, 1_000, 40, 17],
    ["of a steep curve", (x: number) => Math.exp(x) - 1e6, 0, 1, 100, Math.log(1e6), 18],
    ["of a step", (x: number) => (x < 0.3 ? -1 : 1), 0, 0.25, 1, 0.3, 41],
    ["of one that is infinite beyond it", (x: number) => (x > 2.7 ? Infinity : x - 2.7), 0, 1, 10, 2.7, 54],
    ["from a guess that lies outside already", (x: number) => x - 2, 7, 0.5, 10, 2, 9],
    ["from a guess far outside, downwards", (x: number) => -x - 2, -90, -0.5, -100, -2, 17],
    ["right at the guess", (x: number) => x, 0, 1, 5, 0, 4],
    ["at the limit", (x: number) => x - 5, 0, 1, 5, 5, 5],
  ])("%s", (_, f, start, step, limit, root, asked) => {
    const { x, values } = search(f, start, step, limit);
    expect(x).toBeCloseTo(root, 12);
    expect(values).toBe(asked);
  });
});

describe("where nothing is crossed before the limit, it is the limit", () => {
  test.each([
    ["upwards", 0, 1, 10],
    ["downwards", 0, -1, -10],
    ["from the limit itself", 10, 1, 10],
  ])("%s", (_, start, step, limit) => {
    const { x, furthest } = search(() => -1, start, step, limit);
    expect(x).toBe(limit);
    expect(furthest).toBe(limit);
  });

  test("and a limit that is nowhere is given up", () => {
    expect(search(() => -1, 0, 1e-300, Infinity).x).toBe(Infinity);
  });
});

test("nothing beyond the limit is asked for", () => {
  expect(search((x) => x - 9, 0, 4, 10).furthest).toBe(10);
  expect(search((x) => -x - 9, 0, -4, -10).furthest).toBe(-10);
});
