import type { Translate } from "@calcom/lib/i18n";
import { asRefusal, say } from "@calcom/lib/sentence";
import type { Compared } from "@calcom/statistics";
import type { ReportedMetric } from "../../results/reported-metrics";
import type { StoredResult } from "../../results/types";
import type { Unit } from "../../types/settings";
import { unitCountKeys } from "../shared/words";
import type { Figures, Measured } from "./charts/useFigures";

/** What sentences about a result are made with. */
export interface Words {
  t: Translate;
  figures: Figures;
  unit: Unit;
  /** There are figures, and no verdict: a guardrail of the plan is not measured, or not compared. */
  isWithheld: boolean;
  /** The name of a metric, by its key, with the mark of one that was not registered at the start. */
  nameOf: (key: string) => string;
  /** Why a metric of the plan cannot be measured. */
  faultOf: (key: string) => string;
  /** How its values are written. */
  measuredBy: (key: string) => Measured;
}

export function wordsFor(
  { analysis, metrics, unit, unmeasured = [] }: StoredResult,
  t: Translate,
  figures: Figures,
): Words {
  const infoOf = (key: string) => metrics.find((metric) => metric.key === key);
  return {
    t,
    figures,
    unit,
    isWithheld: analysis?.verdict.code === "no_answer",
    nameOf(key) {
      const info = infoOf(key);
      if (info !== undefined) return markedName(info, t);
      return unmeasured.find((metric) => metric.key === key)?.name ?? key;
    },
    faultOf(key) {
      const fault = unmeasured.find((metric) => metric.key === key)?.fault;
      return fault === undefined ? t("results_unknown_metrics") : say(t, asRefusal(fault));
    },
    measuredBy: (key) => infoOf(key) ?? { kind: "conversion" },
  };
}

/** "Clicked (chosen after the start)": a metric that was not registered says so wherever its figures stand. */
export function markedName(
  info: Pick<ReportedMetric, "name" | "isChosenAfterStart" | "isRedefined" | "isUnknown">,
  t: Translate,
): string {
  const { name, isChosenAfterStart, isRedefined, isUnknown } = info;
  if (isUnknown) return t("metric_marked_unknown", { name });
  if (isRedefined) return t("metric_marked_redefined", { name });
  return isChosenAfterStart ? t("metric_marked_chosen", { name }) : name;
}

/** What counts of people and days are written with. */
export type CountWords = Pick<Words, "t" | "figures" | "unit">;

export function subjects(value: number, { t, figures, unit }: CountWords): string {
  return t(unitCountKeys[unit], { count: value, formatted: figures.count(value) });
}

/** "9 days and about 3,100 users": what is still to come. */
export function toGo(units: number, days: number | null, words: CountWords): string {
  const { t } = words;
  const some = days !== null && days > 0 ? t("results_days", { count: Math.ceil(days) }) : null;
  const people = units > 0 ? subjects(roundUp(units), words) : null;
  if (some !== null && people !== null)
    return t("results_days_and_subjects", { days: some, subjects: people });
  return some ?? people ?? t("results_more_data");
}

/** Two digits are as exact as a forecast is. */
function roundUp(value: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.ceil(value / unit) * unit;
}

/** From here on the interval is wider than it would be by so much that it is said why. */
const NOTABLE = 1.1;

/** Why an interval is wider than the variant's own values would make it; null where that is not worth a word. */
export function widenedText({ widened = null }: Compared, { t, figures }: Words): string | null {
  if (widened === null) return null;
  const { variant, factor } = widened;
  if (factor === null) return t("results_widened_all", { variant });
  return factor < NOTABLE
    ? null
    : t("results_widened", { variant, factor: figures.count(Number(factor.toPrecision(2))) });
}
