"use client";

import { useLocale } from "@calcom/lib/i18n";
import {
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import type { ChartVariant } from "../ordered-variants";
import { niceScale } from "../scale";
import type { NoveltyPoint } from "../series";
import { type Measured, useFigures } from "../useFigures";
import { AXIS, GRID, MARGIN, VALUE_AXIS_WIDTH } from "./axes";
import { TooltipCard } from "./TooltipCard";

interface NoveltyPlotProps {
  points: NoveltyPoint[];
  variants: ChartVariant[];
  measured: Measured;
  /** The picture in words. */
  label: string;
}

/** Bars of more than these would be too thin to be told apart. */
const MOST_BARS = 42;

export default function NoveltyPlot({ points, variants, measured, label }: NoveltyPlotProps) {
  const { t } = useLocale();
  const figures = useFigures();
  const { domain, ticks } = niceScale(
    0,
    Math.max(...points.flatMap(({ perSubject }) => Object.values(perSubject))),
  );
  const hasBars = points.length * variants.length <= MOST_BARS;
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart data={points} margin={MARGIN} barGap={1} role="img" aria-label={label}>
        <CartesianGrid {...GRID} />
        <XAxis
          {...AXIS}
          dataKey="day"
          interval="equidistantPreserveStart"
          tickFormatter={(day: number) => t("chart_day_tick", { day: day + 1 })}
        />
        <YAxis
          {...AXIS}
          width={VALUE_AXIS_WIDTH}
          domain={domain}
          ticks={ticks}
          tickFormatter={(value: number) => figures.tick(value, measured)}
        />
        {variants.map(({ name, color }) => {
          const of = { name, dataKey: ({ perSubject }: NoveltyPoint) => perSubject[name] ?? null };
          return hasBars ? (
            <Bar
              key={name}
              {...of}
              fill={color}
              maxBarSize={36}
              radius={[2, 2, 0, 0]}
              isAnimationActive={false}
            />
          ) : (
            <Line key={name} {...of} stroke={color} strokeWidth={2} dot={false} isAnimationActive={false} />
          );
        })}
        <Tooltip
          isAnimationActive={false}
          cursor={hasBars ? { fill: "var(--muted)", fillOpacity: 0.6 } : { stroke: "var(--control)" }}
          content={({ active, label: day }) => {
            const point = active ? points.find((one) => one.day === day) : undefined;
            if (point === undefined) return null;
            return (
              <TooltipCard
                title={t("chart_day_since", { day: point.day + 1 })}
                rows={variants.map(({ name, color }) => ({
                  name,
                  value: figures.value(point.perSubject[name] ?? 0, measured),
                  color,
                }))}
              />
            );
          }}
        />
      </ComposedChart>
    </ResponsiveContainer>
  );
}
