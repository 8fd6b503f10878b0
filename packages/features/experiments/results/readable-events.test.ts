import { describe, expect, test } from "vitest";
import { defineEventMetric } from "../metrics/define-metric";
import { tellReadableEvents } from "./readable-events";

const clicked = { event: "clicked", times: 1 };
const planned = {
  planning: { metrics: [{ metric: defineEventMetric("clicked"), role: "primary" as const }] },
};
const running = { status: "running" as const, endedAt: null, result: null };

describe("while a comparison is withheld", () => {
  test("nothing that somebody has done is told", () => {
    const told = tellReadableEvents([clicked], running, { ...planned, clientEvents: ["clicked"] });
    expect(told).toEqual({ events: [], isWithheld: true });
  });

  test.each([[[clicked]], [[]], [[{ event: "unheard-of", times: 3 }]]])(
    "the same is told of who did %j: nobody learns whether they converted",
    (recorded) => {
      const told = tellReadableEvents(recorded, running, { ...planned, clientEvents: ["clicked"] });
      expect(told).toEqual({ events: [], isWithheld: true });
    },
  );
});

test("of what is over everything is told", () => {
  const over = { ...running, status: "concluded" as const, endedAt: "2026-01-02T00:00:00.000Z" };
  expect(tellReadableEvents([clicked], over, { ...planned, clientEvents: [] })).toEqual({
    events: [clicked],
    isWithheld: false,
  });
});
