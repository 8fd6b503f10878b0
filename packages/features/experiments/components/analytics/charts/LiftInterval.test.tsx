import { cleanup } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { renderInEnglish } from "../../testing/in-english";
import { LiftAxis, LiftInterval } from "./LiftInterval";
import { commonLiftScale } from "./lift-scale";

afterEach(cleanup);

const row = (lift: number | null, low: number | null, high: number | null) => ({
  lift,
  interval: { low, high },
});
const scale = { domain: [-0.2, 0.8] as [number, number], ticks: [] };

function drawn(part: "bar" | "point" | "zone", props: ReturnType<typeof row>, zone: number | null = null) {
  const { container } = renderInEnglish(<LiftInterval {...props} zone={zone} scale={scale} color="red" />);
  return container.querySelector<HTMLElement>(`[data-slot=lift-${part}]`)?.style;
}

test("point and bar stand where their figures are on the scale", () => {
  expect(drawn("point", row(0.3, 0.05, 0.55))?.left).toBe("50%");
  const bar = drawn("bar", row(0.3, 0.05, 0.55));
  expect([bar?.left, bar?.width]).toEqual(["25%", "50%"]);
});

test("what would be too small to matter is shaded to both sides of zero, where that was said", () => {
  const zone = drawn("zone", row(0.3, 0.05, 0.55), 0.1);
  expect(Number.parseFloat(zone?.left ?? "")).toBeCloseTo(10, 9);
  expect(Number.parseFloat(zone?.width ?? "")).toBeCloseTo(20, 9);
  expect(drawn("zone", row(0.3, 0.05, 0.55))).toBeUndefined();
});

test("an open side, and one beyond the scale, end with it", () => {
  const open = drawn("bar", row(0.3, null, 0.3));
  expect([open?.left, open?.width]).toEqual(["0%", "50%"]);
  const beyond = drawn("bar", row(0.3, 0.3, 7));
  expect([beyond?.left, beyond?.width]).toEqual(["50%", "50%"]);
});

test.each([
  [row(0.3, -0.2, 0.8), []],
  [row(0.3, null, 0.55), ["left"]],
  [row(0.3, 0.05, 7), ["right"]],
  [row(0.3, -3, 7), ["left", "right"]],
  [row(null, null, null), ["left", "right"]],
])("an interval that goes on beyond the scale ends in an arrow there: %j", (props, sides) => {
  const { container } = renderInEnglish(<LiftInterval {...props} scale={scale} color="red" />);
  const arrows = [...container.querySelectorAll<HTMLElement>("[data-slot^=lift-runs-out-]")];
  expect(arrows.map(({ dataset }) => dataset.slot?.replace("lift-runs-out-", ""))).toEqual(sides);
});

test("one scale holds all rows and zero, and none of them makes dots of the others", () => {
  const { domain } = commonLiftScale([row(0.2, 0.1, 0.3), row(-0.1, -0.25, 0.05)]);
  expect(domain[0]).toBeLessThanOrEqual(-0.25);
  expect(domain[1]).toBeGreaterThanOrEqual(0.3);
  expect(commonLiftScale([row(0.2, 0.1, 0.3), row(0.1, -8, 40)]).domain[1]).toBeLessThanOrEqual(1);
  expect(commonLiftScale([]).domain).toEqual([0, 0.25]);
});

test("the scale holds what would be too small to matter, unless all else would be a dot within it", () => {
  const [low, high] = commonLiftScale([{ ...row(0.01, -0.03, 0.05), zone: 0.1 }]).domain;
  expect([low <= -0.1, high >= 0.1]).toEqual([true, true]);
  expect(commonLiftScale([{ ...row(0.01, -0.03, 0.05), zone: 5 }]).domain[1]).toBeLessThan(0.5);
});

test("the axis names both ends and zero", () => {
  const { container } = renderInEnglish(<LiftAxis scale={scale} />);
  expect([...container.querySelectorAll("span")].map(({ textContent }) => textContent)).toEqual([
    "−20%",
    "0%",
    "+80%",
  ]);
});

test.each([
  [
    [-0.05, 0.95],
    ["0%", "+95%"],
  ],
  [
    [-0.95, 0.05],
    ["−95%", "0%"],
  ],
  [
    [0, 1],
    ["0%", "+100%"],
  ],
])("an end of the scale %j that is too near to zero has no label", (domain, labels) => {
  const { container } = renderInEnglish(
    <LiftAxis scale={{ domain: domain as [number, number], ticks: [] }} />,
  );
  const texts = [...container.querySelectorAll("[data-slot=lift-axis] > span")].map((one) => one.textContent);
  expect(texts).toEqual(labels);
});

test("the edges of what would be too small to matter are drawn where they are on the scale", () => {
  const edgesOf = (zone: number) => {
    const { container } = renderInEnglish(
      <LiftInterval {...row(0.3, 0.05, 0.55)} zone={zone} scale={scale} />,
    );
    const { classList } = container.querySelector("[data-slot=lift-zone]") ?? document.body;
    return [classList.contains("border-l"), classList.contains("border-r")];
  };
  expect(edgesOf(0.1)).toEqual([true, true]);
  // To the left it goes on beyond the scale.
  expect(edgesOf(0.4)).toEqual([false, true]);
});
