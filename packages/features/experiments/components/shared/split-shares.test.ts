import { expect, test } from "vitest";
import { splitShares } from "./split-shares";

const percent = (value: number) => `${(value * 100).toFixed(1)}%`;
const arms = (observed: readonly number[]) =>
  observed.map((count, index) => ({
    variant: index === 1 ? "control" : `arm-${index}`,
    observed: count,
    expected: 100,
  }));

test("shares of a few variants stand in a row, control first, as they came and as they should have", () => {
  expect(splitShares(arms([30, 70]), "control", percent)).toEqual({
    observed: "70.0% / 30.0%",
    expected: "50.0% / 50.0%",
    isOfOne: false,
  });
  expect(splitShares(arms([0, 0]), "control", percent).observed).toBe("0.0% / 0.0%");
});

test("of many variants the one that is furthest off is named, whichever way it is off", () => {
  const many = arms(Array.from({ length: 12 }, (_, index) => (index === 7 ? 40 : 100)));
  expect(splitShares(many, "control", percent)).toEqual({
    observed: "arm-7 3.5%",
    expected: "8.3%",
    isOfOne: true,
  });
});

test("shares in a row add up to 100, however each would be rounded by itself", () => {
  const { observed } = splitShares(arms([2_640, 2_720, 2_655]), "control", percent);
  expect(observed).toBe("33.9% / 33.0% / 33.1%");
});
