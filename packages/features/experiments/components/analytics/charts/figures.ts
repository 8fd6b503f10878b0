import { dayAndMonthLabel } from "@calcom/lib/date-labels";
import type { MetricInfo } from "../../../results/types";
import { metricKinds } from "../../../types/metric-kind";
import type { Format } from "../../shared/format";
import { chooseDigits, choosePlace } from "./decimals";

/** What has to be known of a metric to write its values. */
export type Measured = Pick<MetricInfo, "kind" | "currency">;

export interface Figures extends Format {
  /** A relative effect, with its sign. */
  lift: (value: number | null) => string;
  /** The size of a relative effect, where a word says its direction. */
  change: (value: number) => string;
  /** By how many more or fewer, with its sign. */
  countChange: (value: number) => string;
  /** Of all, 0 to 1, with one decimal at most. */
  share: (value: number) => string;
  /** On an axis, where round values stand. */
  liftTick: (value: number) => string;
  /** What a metric measures: a share, or a number or money per subject. */
  value: (value: number, measured: Measured) => string;
  /** The same on an axis, where round values stand. */
  tick: (value: number, measured: Measured) => string;
  /** A probability: what is nearly certain is not called certain. */
  chance: (value: number) => string;
  /** In the unit of the metric; what is next to nothing is so, and not twelve digits of it. */
  loss: (value: number, measured: Measured) => string;
  /** A sum over many units, or a count of them, rounded to the step that is known of it. */
  sum: (value: number, measured: Measured, step: number) => string;
  /** A moment on an axis, as its day. */
  dayTick: (at: number) => string;
  /** Without its letter. */
  p: (value: number) => string;
  /** "p = 0.012", or what it is smaller or larger than. */
  pEquals: (value: number) => string;
}

/** How charts, tables and reports write figures. What is not known is a dash. */
export function createFigures(locale: string, format: Format): Figures {
  const percent = (options: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(locale, { style: "percent", ...options });
  const one = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  const lifts = percent({ signDisplay: "exceptZero", ...one });
  const changes = new Intl.NumberFormat(locale, { signDisplay: "exceptZero" });
  const large = percent({ signDisplay: "exceptZero", maximumFractionDigits: 0 });
  const ticks = percent({ signDisplay: "exceptZero", maximumFractionDigits: 4 });
  const shareTicks = percent({ maximumFractionDigits: 4 });
  const rates = percent(one);
  const smallRates = percent({ maximumSignificantDigits: 2 });
  const numbers = [2, 1, 0].map(
    (digits) =>
      new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  );
  const small = new Intl.NumberFormat(locale, { maximumSignificantDigits: 2 });
  // Charts are drawn in browsers alone.
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const shares = percent({ maximumFractionDigits: 1 });
  const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 });
  const value: Figures["value"] = (of, { kind, currency }) => {
    if (metricKinds[kind].isShare) return (of > 0 && of < 0.01 ? smallRates : rates).format(of);
    if (currency !== undefined) return money(locale, currency, chooseDigits(of)).format(of);
    return (numbers[choosePlace(Math.abs(of))] ?? small).format(of);
  };
  return {
    ...format,
    value,
    tick: (of, { kind, currency }) => {
      if (metricKinds[kind].isShare) return shareTicks.format(of);
      if (currency === undefined) return plain.format(of);
      return money(locale, currency, { trailingZeroDisplay: "stripIfInteger" }).format(of);
    },
    countChange: (of) => withMinus(changes.format(of)),
    share: (of) => shares.format(of),
    change: (of) => (Math.abs(of) >= 10 ? percent({ maximumFractionDigits: 0 }) : rates).format(Math.abs(of)),
    chance: (of) => {
      if (of > 0.999) return `> ${rates.format(0.999)}`;
      return of < 0.001 ? `< ${rates.format(0.001)}` : rates.format(of);
    },
    loss: (of, measured) => {
      const least = metricKinds[measured.kind].isShare ? 0.0001 : 0.01;
      return of < least ? `< ${value(least, measured)}` : value(of, measured);
    },
    sum: (of, { currency }, step) => {
      const digits = step >= 1 ? 0 : Math.min(6, Math.ceil(-Math.log10(step)));
      const rounded = Math.round(of / step) * step;
      if (currency === undefined)
        return new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(rounded);
      const places = digits === 0 ? 0 : Math.max(2, digits);
      const fractions = { minimumFractionDigits: places, maximumFractionDigits: places };
      return money(locale, currency, fractions).format(rounded);
    },
    lift: (value) => {
      if (value === null) return "–";
      return withMinus((Math.abs(value) >= 10 ? large : lifts).format(value));
    },
    liftTick: (value) => withMinus(ticks.format(value)),
    dayTick: (at) => dayAndMonthLabel(new Date(at), zone, locale),
    p: (value) => pSign(value) + small.format(within(value)),
    // In a narrow place, too, the figure stays with its letter.
    pEquals: (value) => `p\u00a0${pSign(value).trim() || "="}\u00a0${small.format(within(value))}`,
  };
}

/** Whatever is smaller, or larger, decides no more than these do: no p is 0 or 1. */
const LEAST_P = 0.001;
const MOST_P = 0.99;

function pSign(value: number): "" | "< " | "> " {
  if (value < LEAST_P) return "< ";
  return value > MOST_P ? "> " : "";
}

function within(value: number): number {
  return Math.min(Math.max(value, LEAST_P), MOST_P);
}

function money(locale: string, currency: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return new Intl.NumberFormat(locale, { style: "currency", currency, ...options });
}

/** As wide as the plus, so that signs stand below each other. */
function withMinus(text: string): string {
  return text.replace("-", "\u2212");
}
