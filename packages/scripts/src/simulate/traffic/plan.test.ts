import { describe, expect, test } from "vitest";
import { aConfig } from "../../../../features/experiments/testing/builders";
import { addRate, planTraffic, type TrafficOptions } from "./plan";

const OPTIONS: TrafficOptions = {
  experiment: "upgrade",
  subjects: 100,
  rate: { control: 0.1, urgent: 0.12 },
  days: 0,
};

const running = (changes: Parameters<typeof aConfig>[0] = {}) =>
  aConfig({
    status: "running",
    variants: [
      { name: "control", percentage: 50 },
      { name: "urgent", percentage: 50 },
    ],
    clientEvents: ["clicked"],
    ...changes,
  });

describe("a rate is a variant and a share", () => {
  test("several are kept together", () => {
    expect(addRate("urgent=0.12", addRate("control=0.10"))).toEqual({ control: 0.1, urgent: 0.12 });
  });
  test("what is before the last sign names the variant", () => {
    expect(addRate("a=b=1")).toEqual({ "a=b": 1 });
  });
  test.each(["control", "=0.1", "control=", "control=1.1", "control=-0.1", "control=ten", "control= "])(
    "%j is refused",
    (text) => {
      expect(() => addRate(text)).toThrow("such as control=0.10");
    },
  );
  test("a variant has one rate", () => {
    expect(() => addRate("control=0.2", { control: 0.1 })).toThrow("control has a rate already");
  });
});

describe("a plan", () => {
  test("takes the event of the primary metric, or the first that the experiment declares", () => {
    const metrics = { primary: "event:bought", secondary: [], guardrails: [] };
    expect(planTraffic("upgrade", running({ metrics }), OPTIONS)).toMatchObject({ event: "bought" });
    expect(planTraffic("upgrade", running(), OPTIONS)).toMatchObject({ event: "clicked", count: 100 });
    expect(planTraffic("upgrade", running(), { ...OPTIONS, event: "other" })).toMatchObject({
      event: "other",
    });
  });
  test("is refused for an experiment that takes nobody in", () => {
    expect(() => planTraffic("upgrade", running({ status: "paused" }), OPTIONS)).toThrow("upgrade is paused");
  });
  test("names a variant that is not there, with those that are", () => {
    const rate = { control: 0.1, urgnet: 0.1 };
    expect(() => planTraffic("upgrade", running(), { ...OPTIONS, rate })).toThrow(
      'no variant "urgnet"; it has control, urgent',
    );
  });
  test("says which rate is missing", () => {
    expect(() => planTraffic("upgrade", running(), { ...OPTIONS, rate: { control: 0.1 } })).toThrow(
      "--rate urgent=0.10 is missing",
    );
  });
  test("asks for an event where the primary metric is none", () => {
    const metrics = { primary: "upgrades", secondary: [], guardrails: [] };
    expect(() => planTraffic("upgrade", running({ metrics }), OPTIONS)).toThrow("--event");
    expect(() => planTraffic("upgrade", running({ clientEvents: [] }), OPTIONS)).toThrow("--event");
  });
});
