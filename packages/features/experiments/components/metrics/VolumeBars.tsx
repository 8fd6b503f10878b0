"use client";

import { dayAndMonthLabel } from "@calcom/lib/date-labels";
import { useLocale } from "@calcom/lib/i18n";
import type { MetricHistory } from "../../types/metric-views";
import { useFormat } from "../shared/useFormat";

const [WIDTH, HEIGHT] = [6, 40];

/** The rows of each day; who cannot see them is told the most and the least. */
export function VolumeBars({ days }: { days: NonNullable<MetricHistory["days"]> }) {
  const { t, locale } = useLocale();
  const { count } = useFormat();
  const most = Math.max(...days.map(({ rows }) => rows));
  const least = Math.min(...days.map(({ rows }) => rows));
  // Days are counted in UTC.
  const date = (day: string) => dayAndMonthLabel(new Date(day), "UTC", locale);
  const [first, last] = [days[0], days.at(-1)];
  return (
    <div className="grid gap-1">
      <svg
        role="img"
        aria-label={t("metric_history_bars", { count: days.length, least: count(least), most: count(most) })}
        viewBox={`0 0 ${days.length * WIDTH} ${HEIGHT}`}
        className="h-10 w-full border-b text-muted-foreground"
        preserveAspectRatio="none"
      >
        {days.map(({ day, rows }, index) => {
          const height = rows === 0 ? 1 : Math.max(2, (rows / most) * HEIGHT);
          return (
            <rect
              key={day}
              x={index * WIDTH + 0.5}
              y={HEIGHT - height}
              width={WIDTH - 1}
              height={height}
              fill="currentColor"
              opacity={rows === 0 ? 0.3 : 0.8}
            />
          );
        })}
      </svg>
      {first !== undefined && last !== undefined && (
        <p aria-hidden className="flex justify-between gap-2 text-muted-foreground text-xs tabular-nums">
          <span>{date(first.day)}</span>
          <span>{date(last.day)}</span>
        </p>
      )}
    </div>
  );
}
