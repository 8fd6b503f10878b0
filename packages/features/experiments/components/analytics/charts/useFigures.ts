"use client";

import { useLocale } from "@calcom/lib/i18n";
import { useMemo } from "react";
import type { MetricInfo } from "../../../results/types";
import { type Format, useFormat } from "../../shared/useFormat";

export interface Figures extends Format {
  /** A relative effect, with its sign. */
  lift: (value: number | null) => string;
  /** On an axis, where round values stand. */
  liftTick: (value: number) => string;
  /** What a metric measures: a share, or a number per subject. */
  value: (value: number, kind: MetricInfo["kind"]) => string;
  /** A moment on an axis, as its day. */
  dayTick: (at: number) => string;
  p: (value: number) => string;
}

/** How charts write figures. What is not known is a dash. */
export function useFigures(): Figures {
  const { locale } = useLocale();
  const format = useFormat();
  return useMemo(() => {
    const percent = (options: Intl.NumberFormatOptions) =>
      new Intl.NumberFormat(locale, { style: "percent", ...options });
    const one = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
    const lifts = percent({ signDisplay: "exceptZero", ...one });
    const large = percent({ signDisplay: "exceptZero", maximumFractionDigits: 0 });
    const ticks = percent({ signDisplay: "exceptZero", maximumFractionDigits: 1 });
    const rates = percent(one);
    const smallRates = percent({ maximumSignificantDigits: 2 });
    const numbers = new Intl.NumberFormat(locale, { maximumSignificantDigits: 4 });
    const ps = new Intl.NumberFormat(locale, { maximumSignificantDigits: 2 });
    const days = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" });
    return {
      ...format,
      lift: (value) => {
        if (value === null) return "–";
        return (Math.abs(value) >= 10 ? large : lifts).format(value);
      },
      liftTick: (value) => ticks.format(value),
      value: (value, kind) => {
        if (kind !== "conversion") return numbers.format(value);
        return (value > 0 && value < 0.01 ? smallRates : rates).format(value);
      },
      dayTick: (at) => days.format(at),
      p: (value) => (value < 0.0001 ? `< ${ps.format(0.0001)}` : ps.format(value)),
    };
  }, [locale, format]);
}
