"use client";

import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import type { Mark } from "../marks";
import type { ChartVariant } from "../ordered-variants";
import { wholeScale } from "../scale";
import { dashesOf, type ExposurePoint, type TimeSpan } from "../series";
import { useFigures } from "../useFigures";
import { AXIS, changeLine, EPOCH_LINE, GRID, MARGIN, timeAxis, VALUE_AXIS_WIDTH } from "./axes";
import { TooltipCard } from "./TooltipCard";

interface ExposuresPlotProps {
  points: ExposurePoint[];
  variants: ChartVariant[];
  span: TimeSpan;
  /** Numbered, in the order of time. */
  marks: readonly Mark[];
  /** Epoch milliseconds. */
  epochStarts: readonly number[];
  /** The picture in words. */
  label: string;
}

export default function ExposuresPlot(props: ExposuresPlotProps) {
  const { points, variants, span, marks, epochStarts, label } = props;
  const figures = useFigures();
  const { domain, ticks } = wholeScale(Math.max(...points.flatMap(({ exposed }) => Object.values(exposed))));
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart data={points} margin={MARGIN} role="img" aria-label={label}>
        <CartesianGrid {...GRID} />
        <XAxis {...AXIS} {...timeAxis(span)} dataKey="at" tickFormatter={figures.dayTick} />
        <YAxis
          {...AXIS}
          width={VALUE_AXIS_WIDTH}
          domain={domain}
          ticks={ticks}
          tickFormatter={figures.count}
        />
        {epochStarts.map((at) => (
          <ReferenceLine key={at} x={at} {...EPOCH_LINE} />
        ))}
        {marks.map((mark) => (
          <ReferenceLine key={`change ${mark.number}`} {...changeLine(mark)} />
        ))}
        {variants.map(({ name, place, color }) => {
          const dashes = dashesOf(points, place);
          return (
            <Line
              key={name}
              name={name}
              dataKey={({ exposed }: ExposurePoint) => exposed[name] ?? 0}
              stroke={color}
              strokeWidth={2}
              {...(dashes && { strokeDasharray: dashes.dash, strokeDashoffset: dashes.offset })}
              dot={false}
              activeDot={{ r: 3.5, stroke: "var(--background)", fill: color }}
              isAnimationActive={false}
            />
          );
        })}
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
