import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { analyseExperiment } from "../experiment";
import type { AnalysisInput, ArmData } from "../types";
import { rate, ratio } from "./arms";
import { Random } from "./random";
import { aScenario } from "./scenarios";

/** A kind of experiment for every reason against a comparison, with and without others that are compared. */
const scenarios = fc.record({
  seed: fc.integer(),
  mode: fc.constantFrom("sequential" as const, "fixed" as const),
  phase: fc.constantFrom("running" as const, "paused" as const),
  days: fc.integer({ min: 0, max: 30 }),
  daysUntilMinimum: fc.constantFrom(undefined, 0, 3),
  shape: fc.constantFrom(
    "any",
    "all convert",
    "nobody converts",
    "no denominators",
    "constant",
    "none of one",
  ),
});

function shaped({ seed, shape, ...change }: ReturnType<typeof scenarios.generate>["value"]): AnalysisInput {
  const { daysUntilMinimum, ...design } = change;
  const input = aScenario(new Random(seed), design.mode);
  return {
    ...input,
    ...design,
    ...(daysUntilMinimum === undefined ? {} : { daysUntilMinimum }),
    metrics: input.metrics.map((one) => ({
      ...one,
      epochs: one.epochs.map((epoch) => ({
        ...epoch,
        arms: Object.fromEntries(
          Object.entries(epoch.arms).flatMap(([variant, arm]) => {
            if (shape === "none of one" && variant === "urgent") return [];
            return [[variant, shapedArm(arm, shape)]];
          }),
        ),
      })),
    })),
  };
}

function shapedArm(arm: ArmData, shape: string): ArmData {
  if (arm.kind === "rate" && shape === "all convert") return rate(arm.n, arm.n);
  if (arm.kind === "rate" && shape === "nobody converts") return rate(arm.n, 0);
  if (arm.kind === "ratio" && shape === "no denominators") return ratio(arm.n, 0);
  if (arm.kind === "mean" && shape === "constant")
    return { kind: "mean", n: arm.n, value: { mean: 0.1, m2: 1e-25 } };
  return arm;
}

const isPast = (input: AnalysisInput) =>
  input.metrics.every(
    ({ epochs }) =>
      epochs.flatMap(({ arms }) => Object.values(arms)).reduce((sum, { n }) => sum + n, 0) >=
      (input.plannedUnits ?? 0),
  );

const verdictOf = (input: AnalysisInput) => analyseExperiment(input).verdict;

/** Properties of what a verdict waits for, each tried on so many experiments. */
export function testWaiting(numRuns: number): void {
  test.prop([scenarios], { numRuns })("is never nothing", (scenario) => {
    const verdict = verdictOf(shaped(scenario));
    const isNothing = (figures: object) => Object.values(figures).every((value) => value === 0);
    if (
      verdict.code === "too_early" ||
      verdict.code === "before_planned_end" ||
      verdict.code === "keep_going"
    ) {
      const { code, ...figures } = verdict;
      expect(isNothing(figures), JSON.stringify(verdict)).toBe(false);
    }
  });

  test.prop([scenarios], { numRuns })(
    "once the plan is reached is units that a variant lacks, and fewer when they come",
    (scenario) => {
      const input = { ...shaped(scenario), mode: "sequential" as const };
      const verdict = verdictOf(input);
      if (verdict.code !== "keep_going" || !isPast(input)) return;
      // Enough for each variant to count in the phase: one unit more may only change which of two is short.
      const more = (arm: ArmData): ArmData => ({ ...arm, n: arm.n + 10 }) as ArmData;
      const later = verdictOf({
        ...input,
        metrics: input.metrics.map((one) => ({
          ...one,
          epochs: one.epochs.map((epoch, i) => ({
            ...epoch,
            arms: Object.fromEntries(
              Object.entries(epoch.arms).map(([name, arm]) => [name, i === 0 ? more(arm) : arm]),
            ),
          })),
        })),
      });
      const missing = Object.values(input.split[0]?.units ?? {}).length < input.variants.length;
      // Of a variant that has nobody in this epoch, nobody came.
      if (later.code === "keep_going" && !missing && scenario.shape !== "none of one")
        expect(later.unitsToGo).toBeLessThan(verdict.unitsToGo);
    },
  );
}
