import type { Translate } from "@calcom/lib/i18n";
import type { Foretold } from "../../planning/checklist";
import type { Forecast } from "../../planning/types";
import type { Format } from "../shared/useFormat";

/** Two digits are as exact as a forecast is: "28,000". */
export function roughly(value: number, { count }: Format): string {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(value, 1))) - 1);
  return count(Math.round(value / unit) * unit);
}

/** A relative effect: "7.9%", of ten percent and more without decimals. */
export function effectText(effect: number, { percentage }: Format): string {
  return percentage(Number((100 * effect).toPrecision(2)));
}

export function missingText(missing: Exclude<Forecast["missing"], null>, t: Translate): string {
  return t(`planning_missing_${missing}`);
}

/** What the checklist of a start says of its length. */
export function foretoldText(foretold: Foretold, t: Translate, format: Format): string {
  switch (foretold.kind) {
    case "missing":
      return missingText(foretold.missing, t);
    case "planned":
      return t("planning_takes", {
        effect: effectText(foretold.effect, format),
        weeks: t("planning_weeks", { count: foretold.weeks }),
        subjects: roughly(foretold.subjects, format),
      });
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
    case "reach":
      return foretold.effect === null
        ? t("planning_reaches_nothing", { weeks: t("planning_weeks", { count: foretold.weeks }) })
        : t("planning_reaches", {
            effect: effectText(foretold.effect, format),
            weeks: t("planning_weeks", { count: foretold.weeks }),
          });
  }
}
