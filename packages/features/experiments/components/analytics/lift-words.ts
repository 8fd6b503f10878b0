import type { Compared, Comparison } from "@calcom/statistics";
import { intervalText } from "../shared/interval";
import type { Figures } from "./charts/figures";
import type { Conclusion } from "./conclusions";
import type { Words } from "./words";

/** "+6.5% to +45.0%". */
export function liftRange({ lift }: Pick<Compared, "lift">, { t, figures }: LiftWords): string {
  return intervalText(lift.interval, figures.lift, t);
}

type LiftWords = Pick<Words, "t" | "figures">;

/** Whether an interval is wider than one comparison alone would make it. */
export function isRaised(level: number): boolean {
  return level > 0.95 + 1e-9;
}

export function hasRaised(comparisons: readonly Comparison[]): boolean {
  return comparisons.some((one) => one.status === "compared" && isRaised(one.interval.level));
}

export function levelText(level: number, { percentage }: Pick<Figures, "percentage">): string {
  return percentage(Number((100 * level).toFixed(2)));
}

/** "95%", of the intervals of these comparisons; each where they differ. Null where none is compared. */
export function levelsText(
  comparisons: readonly Comparison[],
  figures: Pick<Figures, "percentage">,
): string | null {
  const levels = comparisons.flatMap((one) => (one.status === "compared" ? one.interval.level : []));
  const texts = new Set(levels.sort((a, b) => a - b).map((level) => levelText(level, figures)));
  return texts.size === 0 ? null : [...texts].join(", ");
}

const TEXTS: Partial<Record<Conclusion, string>> = { better: "text-success", worse: "text-destructive" };

const BARS: Partial<Record<Conclusion, string>> = {
  better: "var(--success)",
  worse: "var(--destructive)",
  no_difference: "var(--foreground)",
  within_margin: "var(--foreground)",
};

type OnPage = Pick<Words, "isWithheld">;

/** Nothing looks like good news, or bad, where the page says not to act on it. */
export function textColor(said: Conclusion, { isWithheld }: OnPage): string | undefined {
  return isWithheld ? undefined : TEXTS[said];
}

export function barColor(said: Conclusion, { isWithheld }: OnPage): string {
  return (isWithheld ? undefined : BARS[said]) ?? "var(--muted-foreground)";
}
