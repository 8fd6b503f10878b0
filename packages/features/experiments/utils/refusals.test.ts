import { describe, expect, it } from "vitest";
import { invalidTransition } from "./refuse-transition";

describe("a step that the lifecycle does not have", () => {
  it.each([
    [
      "draft",
      "pause",
      "checkout is a draft: pausing it is not possible, but starting it or archiving it is.",
    ],
    [
      "running",
      "start",
      "checkout is running: starting it is not possible, but pausing it or turning it off or concluding it is.",
    ],
    [
      "archived",
      "start",
      "checkout is archived, and starting it is not possible: duplicate it to run it again.",
    ],
  ] as const)("from %s is refused with the steps that there are", (status, action, message) => {
    const error = invalidTransition("checkout", status, action);
    expect(error.message).toBe(message);
    expect(error.details).toEqual({ status, action });
  });
});
