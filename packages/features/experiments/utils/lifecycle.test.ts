import { describe, expect, it } from "vitest";
import { statusSchema } from "../types/settings";
import { ACTIONS, actionsFrom, isEditable, nextStatus } from "./lifecycle";

describe("the lifecycle", () => {
  it.each([
    ["draft", ["start", "archive"]],
    ["running", ["pause", "turn_off", "conclude"]],
    ["paused", ["resume", "turn_off", "conclude"]],
    ["off", ["turn_on", "conclude"]],
    ["concluded", ["archive"]],
    ["archived", []],
  ] as const)("offers from %s only %j", (status, actions) => {
    expect(actionsFrom(status).sort()).toEqual([...actions].sort());
  });

  it("never leads back to a draft, and out of the end only into the archive", () => {
    for (const status of statusSchema.options)
      for (const action of ACTIONS) {
        const next = nextStatus(status, action);
        expect(next).not.toBe("draft");
        if (next !== null && (status === "concluded" || status === "archived")) expect(next).toBe("archived");
      }
  });

  it("lets words be edited for ever, and who is counted only in a draft", () => {
    for (const status of statusSchema.options) {
      expect(isEditable("hypothesis", status)).toBe(true);
      for (const field of ["unit", "metrics", "analysis"] as const)
        expect(isEditable(field, status)).toBe(status === "draft");
    }
    expect(isEditable("variants", "running")).toBe(true);
    expect(isEditable("variants", "concluded")).toBe(false);
  });
});
