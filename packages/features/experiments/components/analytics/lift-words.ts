import type { Compared } from "@calcom/statistics";
import type { Conclusion } from "./conclusions";

/** "+6.5% … +45.0%"; an open side is said as one. */
export function liftBounds(
  { lift: { interval } }: Pick<Compared, "lift">,
  format: (value: number | null) => string,
): string {
  if (interval === null) return "–";
  if (interval.low === null) return `≤ ${format(interval.high)}`;
  if (interval.high === null) return `≥ ${format(interval.low)}`;
  return `${format(interval.low)} … ${format(interval.high)}`;
}

const TEXTS: Partial<Record<Conclusion, string>> = { better: "text-success", worse: "text-destructive" };

const BARS: Partial<Record<Conclusion, string>> = {
  better: "var(--success)",
  worse: "var(--destructive)",
  no_difference: "var(--foreground)",
  within_margin: "var(--foreground)",
};

export function textColor(said: Conclusion): string | undefined {
  return TEXTS[said];
}

export function barColor(said: Conclusion): string {
  return BARS[said] ?? "var(--muted-foreground)";
}
