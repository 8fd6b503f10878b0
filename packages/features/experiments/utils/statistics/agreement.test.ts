import { describe, expect, test } from "vitest";
import { analyseExperiment } from "./experiment";
import type { Verdict } from "./results-types";
import { contradictionsOf } from "./testing/contradictions";
import { Random } from "./testing/random";
import { aScenario } from "./testing/scenarios";

const RESULTS = 20_000;

describe.each(["sequential", "fixed"] as const)("in %s mode", (mode) => {
  test("p, its interval, the lift's interval and the verdict never contradict one another in 20,000 results", () => {
    const random = new Random(mode === "fixed" ? 20_261_123 : 20_261_124);
    const contradictions: string[] = [];
    const verdicts = new Map<Verdict["code"], number>();
    for (let i = 0; i < RESULTS; i++) {
      const result = analyseExperiment(aScenario(random, mode));
      contradictions.push(...contradictionsOf(result));
      verdicts.set(result.verdict.code, (verdicts.get(result.verdict.code) ?? 0) + 1);
    }
    expect(contradictions.slice(0, 5)).toEqual([]);
    // The sample is worth something only if it holds every kind of verdict that one look can give.
    for (const code of [
      "better",
      "worse",
      "mixed",
      "no_clear_difference",
      "no_difference_that_matters",
    ] as const) {
      expect(verdicts.get(code) ?? 0, code).toBeGreaterThan(10);
    }
  }, 60_000);
});
