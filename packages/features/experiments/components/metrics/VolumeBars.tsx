"use client";

import { useLocale } from "@calcom/lib/i18n";
import type { MetricHistory } from "../../types/metric-views";
import { useFormat } from "../shared/useFormat";

const [WIDTH, HEIGHT] = [6, 28];

/** The rows of each day; who cannot see them is told the most and the least. */
export function VolumeBars({ days }: { days: NonNullable<MetricHistory["days"]> }) {
  const { t } = useLocale();
  const { count } = useFormat();
  const most = Math.max(...days.map(({ rows }) => rows));
  const least = Math.min(...days.map(({ rows }) => rows));
  return (
    <svg
      role="img"
      aria-label={t("metric_history_bars", { count: days.length, least: count(least), most: count(most) })}
      viewBox={`0 0 ${days.length * WIDTH} ${HEIGHT}`}
      className="h-7 w-full max-w-xs text-muted-foreground"
      preserveAspectRatio="none"
    >
      {days.map(({ day, rows }, index) => {
        const height = rows === 0 ? 1 : Math.max(2, (rows / most) * HEIGHT);
        return (
          <rect
            key={day}
            x={index * WIDTH}
            y={HEIGHT - height}
            width={WIDTH - 2}
            height={height}
            fill="currentColor"
            opacity={rows === 0 ? 0.3 : 0.8}
          />
        );
      })}
    </svg>
  );
}
