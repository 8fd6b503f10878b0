import { expect } from "vitest";
import { analyseExperiment } from "../experiment";
import type { Verdict } from "../results-types";
import type { AnalysisInput, EpochUnits } from "../types";
import { contradictionsOf } from "./contradictions";
import { Random } from "./random";
import { aScenario } from "./scenarios";

/**
 * Analyses so many experiments at random. The sample is worth something only if it holds every kind of experiment, and of
 * verdict that one look can give.
 */
export function expectAgreement(mode: AnalysisInput["mode"], results: number): void {
  const random = new Random(mode === "fixed" ? 20_261_123 : 20_261_124);
  const contradictions: string[] = [];
  const verdicts = new Map<Verdict["code"], number>();
  const kinds = { switchedOff: 0, missing: 0, secondary: 0, guardrail: 0 };
  for (let i = 0; i < results; i++) {
    const scenario = aScenario(random, mode);
    const result = analyseExperiment(scenario);
    contradictions.push(...contradictionsOf(result));
    verdicts.set(result.verdict.code, (verdicts.get(result.verdict.code) ?? 0) + 1);
    const compared = result.metrics.filter(({ comparisons }) =>
      comparisons.some(({ status }) => status === "compared"),
    );
    if (compared.length === 0) continue;
    const isSwitchedOff = ({ weights }: EpochUnits) => Object.values(weights).includes(0);
    const isMissing = ({ weights, units }: EpochUnits) =>
      Object.entries(weights).some(([variant, weight]) => weight > 0 && units[variant] === undefined);
    if (scenario.split.some(isSwitchedOff)) kinds.switchedOff++;
    if (scenario.split.some(isMissing)) kinds.missing++;
    if (compared.some(({ metric }) => metric.role === "secondary")) kinds.secondary++;
    if (compared.some(({ metric }) => metric.role === "guardrail")) kinds.guardrail++;
  }
  expect(contradictions.slice(0, 5)).toEqual([]);
  for (const [kind, count] of Object.entries(kinds)) expect(count, kind).toBeGreaterThan(results / 200);
  for (const code of CODES) expect(verdicts.get(code) ?? 0, code).toBeGreaterThan(results / 2_000);
}

const CODES = [
  "better",
  "worse",
  "mixed",
  "guardrail_worse",
  "no_clear_difference",
  "no_difference_that_matters",
] as const;
