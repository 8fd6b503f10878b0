import { describe, expect, it } from "vitest";
import { invalidTransition } from "./refuse-transition";

describe("a step that the lifecycle does not have", () => {
  it.each([
    ["draft", "pause", "checkout is a draft: pausing it isn’t possible, but starting it or archiving it is."],
    [
      "running",
      "start",
      "checkout is running: starting it isn’t possible, but pausing it or turning it off or concluding it is.",
    ],
    [
      "archived",
      "start",
      "checkout is archived, so starting it isn’t possible. Duplicate it to run it again.",
    ],
  ] as const)("from %s is refused with the steps that there are", (status, action, message) => {
    const error = invalidTransition("checkout", status, action);
    expect(error.message).toBe(message);
    expect(error.details).toEqual({ status, action });
  });
});
