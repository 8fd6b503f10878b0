import type { Compared } from "@calcom/statistics";
import type { StoredResult } from "../../results/types";
import { differenceText } from "./change-words";
import { levelText, liftBounds } from "./lift-words";
import type { Words } from "./words";

/** Of more variants than these the table has the others. */
const MOST_VARIANTS = 3;

/** What the primary metric did with each variant, with its interval and its chance; null where nothing is compared. */
export function primaryText({ analysis }: StoredResult, words: Words): string | null {
  const said = (analysis?.metrics ?? [])
    .filter(({ metric }) => metric.role === "primary" && !metric.isChosenAfterStart)
    .flatMap(({ metric, comparisons }) =>
      comparisons.flatMap((one) => (one.status === "compared" ? [sayOne(metric.id, one, words)] : [])),
    );
  return said.length === 0 ? null : said.slice(0, MOST_VARIANTS).join(" ");
}

function sayOne(metric: string, comparison: Compared, words: Words): string {
  const { t, figures, nameOf, measuredBy } = words;
  const { variant, lift, interval, chance } = comparison;
  const isLift = lift.value !== null;
  const beats = chance?.toBeatControl ?? null;
  const liftKey = beats === null ? "results_primary_lift" : "results_primary_lift_chance";
  return t(isLift ? liftKey : "results_primary_difference", {
    variant,
    metric: nameOf(metric),
    lift: figures.lift(lift.value),
    difference: isLift ? "" : differenceText(comparison, measuredBy(metric), words),
    level: levelText(interval.level, figures),
    bounds: liftBounds(comparison, figures.lift),
    chance: beats === null ? "" : figures.chance(beats),
  });
}
