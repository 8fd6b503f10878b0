import type { Translate } from "@calcom/lib/i18n";

interface Bounds {
  low: number | null;
  high: number | null;
}

/** "+6.5% to +45.0%", the one form of every interval; an open side is said as one, and of two sides nothing is known. */
export function intervalText(bounds: Bounds | null, format: (value: number) => string, t: Translate): string {
  const { low, high } = bounds ?? { low: null, high: null };
  if (low === null) return high === null ? "–" : t("interval_at_most", { high: format(high) });
  if (high === null) return t("interval_at_least", { low: format(low) });
  return t("interval_between", { low: format(low), high: format(high) });
}
