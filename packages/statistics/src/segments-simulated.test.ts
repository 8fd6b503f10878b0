import { describe, expect, test } from "vitest";
import { Random } from "./testing/random";
import { countDifferent } from "./testing/segmented";

describe("whether the effect differs between segments", () => {
  test.each([0, 0.3])(
    "is said in at most 5 % of experiments in which every lift is %d, over all looks",
    (lift) => {
      const { valid, naive } = countDifferent(new Random(7), 60, () => lift);
      expect(valid).toBeLessThanOrEqual(0.05);
      // The negative control: the same experiments, with each segment by itself at 1.96.
      expect(naive).toBeGreaterThan(0.4);
    },
  );

  test("is found where one of them is another", () => {
    const found = countDifferent(new Random(8), 20, (value) => (value === "organization" ? 0.7 : 0));
    expect(found.of("organization")).toBeGreaterThan(0.8);
    expect(found.of("phone")).toBe(0);
  });
});
