import { describe, expect, test } from "vitest";
import { listPauses } from "./list-pauses";

const steps = (...statuses: string[]) => statuses.map((status, day) => ({ at: `day ${day}`, status }));

describe("the pauses of an experiment", () => {
  test("begin where it stops and end where it goes on, whatever it was in between", () => {
    expect(listPauses(steps("running", "paused", "off", "running", "paused"))).toEqual([
      { from: "day 1", to: "day 3" },
      { from: "day 4", to: null },
    ]);
  });

  test("end with the experiment", () => {
    expect(listPauses(steps("running", "off", "concluded", "archived"))).toEqual([
      { from: "day 1", to: "day 2" },
    ]);
  });

  test("are none where it never stopped", () => {
    expect(listPauses(steps("running", "concluded"))).toEqual([]);
  });
});
