import type { WithheldReason } from "../engine/internals";
import { wilson } from "../internals";
import type { MetricSplits, Splits } from "./splits";

/** One test, and how often it was wrong. */
export interface AaFigure {
  /** A metric's key, with what else is said of the test; or `split` for the test of the split. */
  id: string;
  /** Splits in which the test was made. */
  tested: number;
  /** Splits in which it was not, by the code of the reason. */
  withheld: MetricSplits["withheld"];
  /** Share of those tested in which it found what is not there; null where most were withheld. */
  rate: number | null;
  /** Of that share, at 95 % (Wilson). */
  low: number | null;
  high: number | null;
  /** What the rate should be, or be at most. */
  target: number;
  /** What it may be by chance of the salts. */
  least: number;
  most: number;
  /** Null where there is no rate. */
  met: boolean | null;
}

/** Standard errors of the number of salts: by chance a test that is right is called wrong once in 90,000 times. */
const SIGMAS = 4.4;

export function figuresOf({ metrics, daily, alarms, count }: Splits, keys: readonly string[]): AaFigure[] {
  return [
    ...metrics.map((metric, index) => figureOf(keys[index] ?? "", metric, count, 0.05)),
    ...(daily ?? []).map((metric, index) => figureOf(`${keys[index]}, watched daily`, metric, count, 0.05)),
    figureOf("split", { positives: alarms, withheld: {}, isCareful: true }, count, 0.001),
  ];
}

/** Where few subjects carry a metric, a test is careful: too few false positives harm nobody. Else they are a fault too. */
function figureOf(
  id: string,
  { positives, withheld, isCareful }: MetricSplits,
  count: number,
  target: number,
): AaFigure {
  const tested = count - Object.values(withheld).reduce((sum, splits) => sum + splits, 0);
  const band = SIGMAS * Math.sqrt((target * (1 - target)) / Math.max(1, tested));
  const [least, most] = [isCareful ? 0 : Math.max(0, target - band), target + band];
  const about = { id, tested, withheld, target, least, most };
  if (tested < count / 2) return { ...about, rate: null, low: null, high: null, met: null };
  const rate = positives / tested;
  return { ...about, rate, ...wilson(positives, tested, 0.05), met: rate >= least && rate <= most };
}

export function wordsOf(slug: string, subjects: number, count: number, figures: readonly AaFigure[]): string {
  const width = Math.max(...figures.map(({ id }) => id.length));
  return [
    `${subjects.toLocaleString("en")} subjects of ${slug}, split again ${count.toLocaleString("en")} times:`,
    ...figures.flatMap((figure) => {
      const line = `${VERDICTS[String(figure.met)]}  ${figure.id.padEnd(width)}  ${rateText(figure)}`;
      return [line, ...withheldText(figure).map((text) => `${" ".repeat(width + 10)}${text}`)];
    }),
  ].join("\n");
}

const VERDICTS: Record<string, string> = { true: "met   ", false: "MISSED", null: "-     " };

function rateText({ rate, low, high, target, least, most }: AaFigure): string {
  if (rate === null || low === null || high === null) return "most splits cannot be tested:";
  const accepted = least > 0 ? `${percent(least)} to ${percent(most)}` : `up to ${percent(most)}`;
  return `${percent(rate)} false positives (95 %: ${percent(low)} to ${percent(high)}), of ${percent(target)} meant, ${accepted} accepted`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`.padStart(8);
}

function withheldText({ withheld }: AaFigure): string[] {
  return Object.entries(withheld).map(
    ([code, splits]) =>
      `withheld in ${splits.toLocaleString("en")} splits: ${WHY[code as WithheldReason["code"]] ?? code.replaceAll("_", " ")}`,
  );
}

const WHY: Partial<Record<WithheldReason["code"], string>> = {
  no_data: "a variant has got nobody",
  no_variation: "all subjects have the same value",
  too_few_days: "subjects came on too few days",
  too_few_units: "a variant has too few subjects",
  too_few_conversions: "too few subjects have converted",
  too_few_failures: "too few subjects have not converted",
  zero_denominator: "the denominator of a variant is 0 for all of its subjects",
  denominator_near_zero: "the denominator of a variant is too close to 0",
  no_variation_within: "all subjects of either variant have the same value",
  no_variation_left: "what was known before explains every value",
};
