import { expect, test } from "vitest";
import { drawSoak } from "./soak-chart";

test("each curve begins at zero and reaches its largest value, within the picture", () => {
  const samples = [1, 2, 3].map((minute) => ({ minute, heapMb: 40, connections: minute, delayMs: 20 }));
  const svg = drawSoak(samples);
  const curves = [...svg.matchAll(/points="([^"]+)"/g)].map(([, points = ""]) =>
    points.split(" ").map((point) => Number(point.split(",")[1])),
  );
  expect(curves.map(([first, , last]) => (first ?? 0) - (last ?? 0))).toEqual([0, 80, 0]);
  expect(svg).toContain("over 3 minutes");
  expect(svg).not.toContain("NaN");
  expect(drawSoak([])).not.toContain("NaN");
});
