"use client";

import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import type { ChartVariant } from "../ordered-variants";
import { niceScale } from "../scale";
import type { ExposurePoint } from "../series";
import { useFigures } from "../useFigures";
import { AXIS, GRID, MARGIN, timeAxis, VALUE_AXIS_WIDTH } from "./axes";
import { TooltipCard } from "./TooltipCard";

interface ExposuresPlotProps {
  points: ExposurePoint[];
  variants: ChartVariant[];
  /** The picture in words. */
  label: string;
}

export default function ExposuresPlot({ points, variants, label }: ExposuresPlotProps) {
  const figures = useFigures();
  const { domain, ticks } = niceScale(
    0,
    Math.max(...points.flatMap(({ exposed }) => Object.values(exposed))),
  );
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart data={points} margin={MARGIN} role="img" aria-label={label}>
        <CartesianGrid {...GRID} />
        <XAxis
          {...AXIS}
          {...timeAxis(points.map(({ at }) => at))}
          dataKey="at"
          tickFormatter={figures.dayTick}
        />
        <YAxis
          {...AXIS}
          width={VALUE_AXIS_WIDTH}
          domain={domain}
          ticks={ticks}
          tickFormatter={figures.count}
        />
        {variants.map(({ name, place, color }) => (
          <Line
            key={name}
            name={name}
            dataKey={({ exposed }: ExposurePoint) => exposed[name] ?? 0}
            stroke={color}
            // Of an even split the lines lie on each other: control is seen to both sides of what covers it.
            strokeWidth={place === 0 ? 5 : 2}
            strokeOpacity={place === 0 ? 0.6 : 1}
            dot={false}
            activeDot={{ r: 3.5, stroke: "var(--background)", fill: color }}
            isAnimationActive={false}
          />
        ))}
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: "var(--control)" }}
          content={({ active, label: at }) => {
            const point = active ? points.find((one) => one.at === at) : undefined;
            if (point === undefined) return null;
            return (
              <TooltipCard
                title={figures.moment(new Date(point.at))}
                rows={variants.map(({ name, color }) => ({
                  name,
                  value: figures.count(point.exposed[name] ?? 0),
                  color,
                }))}
              />
            );
          }}
        />
      </LineChart>
    </ResponsiveContainer>
  );
}
