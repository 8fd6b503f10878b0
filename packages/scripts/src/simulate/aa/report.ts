import { wilson } from "../internals";
import type { Splits } from "./splits";

/** One test, and how often it was wrong. */
export interface AaFigure {
  /** A metric's key, or `split` for the test of the split. */
  id: string;
  /** Share of the splits in which it found what is not there. */
  rate: number;
  /** The confidence interval of that share, at 95 % (Wilson). */
  low: number;
  high: number;
  /** What the rate should be at most, and what it may be by chance of the salts. */
  target: number;
  limit: number;
  met: boolean;
}

/** Standard errors of the number of salts: by chance a test that is right is called wrong once in 90,000 times. */
const SIGMAS = 4.4;

/** Too few false positives harm nobody: with few subjects a test is careful. */
export function figuresOf(splits: Splits, metrics: readonly string[]): AaFigure[] {
  return [
    ...metrics.map((id, index) => figureOf(id, splits.positives[index] ?? 0, splits.count, 0.05)),
    figureOf("split", splits.alarms, splits.count, 0.001),
  ];
}

function figureOf(id: string, found: number, count: number, target: number): AaFigure {
  const rate = found / count;
  const limit = target + SIGMAS * Math.sqrt((target * (1 - target)) / count);
  return {
    id,
    rate,
    ...wilson(found, count, 0.05),
    target,
    limit,
    met: rate <= limit,
  };
}

export function wordsOf(slug: string, subjects: number, count: number, figures: readonly AaFigure[]): string {
  const width = Math.max(...figures.map(({ id }) => id.length));
  const percent = (share: number) => `${(share * 100).toFixed(2)} %`.padStart(8);
  return [
    `${subjects.toLocaleString("en")} subjects of ${slug}, split again ${count.toLocaleString("en")} times:`,
    ...figures.map(
      ({ id, rate, low, high, target, limit, met }) =>
        `${met ? "met   " : "MISSED"}  ${id.padEnd(width)}  ${percent(rate)} false positives (95 %: ${percent(low)} to ${percent(high)}), of ${percent(target)} meant, up to ${percent(limit)} accepted`,
    ),
  ].join("\n");
}
