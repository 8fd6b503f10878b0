import type { Translate } from "@calcom/lib/i18n";
import type { Forecast, FrozenPlan } from "../../types/planning";
import type { Unit } from "../../types/settings";
import type { Foretold } from "../../utils/foretell";
import type { Format } from "../shared/useFormat";
import { unitCountKeys } from "../shared/words";

/** Two digits are as exact as a forecast is: "28,000". */
export function roughly(value: number, { count }: Format): string {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(value, 1))) - 1);
  return count(Math.round(value / unit) * unit);
}

/** A relative effect: "7.9%", of ten percent and more without decimals. */
export function effectText(effect: number, { percentage }: Format): string {
  return percentage(Number((100 * effect).toPrecision(2)));
}

/** Not while neither a metric nor a target was chosen: then there is a default, and nobody's plan. */
export function isPlanned({ missing, frozen }: Pick<Forecast, "missing" | "frozen">): boolean {
  return missing !== "metric" || frozen.source === "typed";
}

export function missingText(missing: Exclude<Forecast["missing"], null>, t: Translate): string {
  return t(`planning_missing_${missing}`);
}

/** "412 users": the number that is frozen is said as it is, wherever it is said. */
export function plannedText(subjects: number, unit: Unit, t: Translate, { count }: Format): string {
  return t(unitCountKeys[unit], { count: subjects, formatted: count(subjects) });
}

/** What the start freezes, and where the number comes from. */
export function planText(plan: FrozenPlan, unit: Unit, t: Translate, format: Format): string {
  return t(`planning_frozen_${plan.source}`, {
    subjects: plannedText(plan.subjects, unit, t, format),
    weeks: t("planning_weeks", { count: plan.weeks ?? 0 }),
  });
}

/** What the checklist of a start says of its length. */
export function foretoldText(foretold: Foretold, unit: Unit, t: Translate, format: Format): string {
  switch (foretold.kind) {
    case "missing":
      return missingText(foretold.missing, t);
    case "planned": {
      const { effect, weeks, subjects, missedEffect } = foretold;
      const takes = t("planning_takes", {
        effect: effectText(effect, format),
        weeks: t("planning_weeks", { count: weeks }),
        subjects: plannedText(subjects, unit, t, format),
      });
      if (missedEffect === null) return takes;
      return `${takes} ${t("planning_misses", { effect: effectText(missedEffect, format) })}`;
    }
    case "too_long":
      return foretold.reachable === null
        ? t("planning_too_long", {
            effect: effectText(foretold.effect, format),
            weeks: t("planning_weeks", { count: foretold.weeks }),
          })
        : t("planning_too_long_but", {
            effect: effectText(foretold.effect, format),
            weeks: t("planning_weeks", { count: foretold.weeks }),
            reachable: effectText(foretold.reachable, format),
          });
    case "nothing":
      return t("planning_finds_nothing", { subjects: plannedText(foretold.subjects, unit, t, format) });
  }
}
