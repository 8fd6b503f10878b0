import type { EndedShort } from "@calcom/statistics";
import type { Population, ReceiptSummary, StoredResult } from "../../results/types";
import { type CountWords, subjects } from "./words";

/**
 * Who is compared, in the same words wherever it is said: in the dialog before the end, on the page and at the receipt.
 * Null for results of before it was kept.
 */
export function populationText(
  result: Pick<StoredResult, "population" | "look" | "endedAt" | "analysis">,
  words: CountWords,
): string | null {
  const { population, look, endedAt, analysis } = result;
  if (population === undefined || look === null) return null;
  if (look === endedAt) return endPopulationText(population, words);
  const all = subjects(population.subjects, words);
  return words.t(analysis?.isFinal ? "results_population_planned" : "results_population_closed", {
    subjects: all,
  });
}

/** The same of a receipt, whose statistics look at the end or, read once, at the planned end before it. */
export function receiptPopulationText(
  { population, look, concludedAt }: ReceiptSummary,
  words: CountWords,
): string | null {
  if (population == null || look == null) return null;
  if (look === concludedAt) return endPopulationText(population, words);
  return words.t("results_population_planned", { subjects: subjects(population.subjects, words) });
}

export function endPopulationText(population: Population, words: CountWords): string {
  const all = subjects(population.subjects, words);
  if (population.open === 0) return words.t("results_population_end", { subjects: all });
  return words.t("results_population_end_open", {
    subjects: all,
    open: words.figures.count(population.open),
  });
}

/** "2,000 of 20,000 planned users and 3 of 14 planned days": what came of what was planned, where it fell short. */
export function reachedText(short: EndedShort, { t, figures, unit }: CountWords): string {
  const units = t((short.isByWindow ? MATURED_KEYS : SHORT_KEYS)[unit], {
    units: figures.count(short.units),
    planned: figures.count(short.plannedUnits),
  });
  const days = t("results_ended_short_days", { days: figures.count(short.days), count: short.plannedDays });
  if (short.days >= short.plannedDays) return units;
  return short.units >= short.plannedUnits ? days : t("results_ended_short_both", { units, days });
}

/** "Planned: 20,000 users, and at least 14 days with data." */
export function planText(
  { subjects, days }: { subjects: number; days: number },
  { t, figures, unit }: CountWords,
): string {
  return t(PLAN_KEYS[unit], {
    subjects: figures.count(subjects),
    days: t("experiment_days", { count: days }),
  });
}

const PLAN_KEYS = {
  user: "results_planned_users",
  team: "results_planned_teams",
  visitor: "results_planned_visitors",
} as const;

const MATURED_KEYS = {
  user: "results_ended_short_users_matured",
  team: "results_ended_short_teams_matured",
  visitor: "results_ended_short_visitors_matured",
} as const;

const SHORT_KEYS = {
  user: "results_ended_short_users",
  team: "results_ended_short_teams",
  visitor: "results_ended_short_visitors",
} as const;
