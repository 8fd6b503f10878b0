"use client";

import { useLocale } from "@calcom/lib/i18n";
import { bandOpacity } from "@calcom/ui";
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceDot,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import type { LiftPoint } from "../lift-series";
import type { Mark } from "../marks";
import type { Scale } from "../scale";
import type { TimeSpan } from "../series";
import { useFigures } from "../useFigures";
import { AXIS, changeLine, EPOCH_LINE, GRID, MARGIN, timeAxis, VALUE_AXIS_WIDTH } from "./axes";
import { TooltipCard } from "./TooltipCard";

interface LiftPlotProps {
  points: LiftPoint[];
  /** As a positive share; null if none was set. */
  minimumEffect: number | null;
  scale: Scale;
  span: TimeSpan;
  /** Numbered, in the order of time. */
  marks: readonly Mark[];
  /** Epoch milliseconds. */
  epochStarts: readonly number[];
  color: string;
  /** The picture in words. */
  label: string;
}

export default function LiftPlot(props: LiftPlotProps) {
  const { points, minimumEffect, scale, span, marks, epochStarts, color, label } = props;
  const { t } = useLocale();
  const figures = useFigures();
  const { domain, ticks } = scale;
  const rows = points.map((point) => ({
    ...point,
    // An open side ends with the picture.
    band: point.lift === null ? null : [point.low ?? domain[0], point.high ?? domain[1]],
  }));
  const last = rows.at(-1);
  const hints = minimumEffect === null ? [] : [minimumEffect, -minimumEffect];
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart data={rows} margin={MARGIN} role="img" aria-label={label}>
        <CartesianGrid {...GRID} />
        <XAxis {...AXIS} {...timeAxis(span)} dataKey="at" tickFormatter={figures.dayTick} />
        <YAxis
          {...AXIS}
          width={VALUE_AXIS_WIDTH}
          domain={domain}
          ticks={ticks}
          allowDataOverflow
          tickFormatter={figures.liftTick}
        />
        {hints
          .filter((hint) => hint >= domain[0] && hint <= domain[1])
          .map((hint) => (
            <ReferenceLine
              key={hint}
              y={hint}
              stroke="var(--muted-foreground)"
              strokeDasharray="3 4"
              strokeOpacity={0.7}
            />
          ))}
        {epochStarts.map((at) => (
          <ReferenceLine key={at} x={at} {...EPOCH_LINE} />
        ))}
        {marks.map((mark) => (
          <ReferenceLine key={`change ${mark.number}`} {...changeLine(mark)} />
        ))}
        <Area
          dataKey="band"
          stroke={color}
          strokeWidth={1}
          fill={color}
          fillOpacity={bandOpacity}
          activeDot={false}
          isAnimationActive={false}
        />
        <ReferenceLine y={0} stroke="var(--foreground)" strokeOpacity={0.55} />
        {/* On its own band the line would be pale: it has an edge in the colour of the page. */}
        <Line
          dataKey="lift"
          stroke="var(--background)"
          strokeWidth={5}
          dot={false}
          activeDot={false}
          isAnimationActive={false}
        />
        <Line
          dataKey="lift"
          stroke={color}
          strokeWidth={2}
          dot={points.length === 1}
          activeDot={{ r: 4, stroke: "var(--background)", fill: color }}
          isAnimationActive={false}
        />
        {last?.band && last.lift !== null && (
          <>
            <ReferenceLine
              segment={[
                { x: last.at, y: Math.max(last.band[0] ?? 0, domain[0]) },
                { x: last.at, y: Math.min(last.band[1] ?? 0, domain[1]) },
              ]}
              stroke={color}
              strokeWidth={2}
            />
            <ReferenceDot
              x={last.at}
              y={last.lift}
              r={4}
              fill={color}
              stroke="var(--background)"
              strokeWidth={2}
            />
          </>
        )}
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: "var(--control)" }}
          content={({ active, label: at }) => {
            const point = active ? points.find((one) => one.at === at) : undefined;
            if (point === undefined) return null;
            return (
              <TooltipCard
                title={figures.moment(new Date(point.at))}
                rows={[
                  { name: t("chart_lift_column"), value: figures.lift(point.lift), color },
                  { name: t("chart_from"), value: figures.lift(point.low) },
                  { name: t("chart_to"), value: figures.lift(point.high) },
                  { name: t("chart_p"), value: figures.p(point.pAdjusted) },
                ]}
              />
            );
          }}
        />
      </ComposedChart>
    </ResponsiveContainer>
  );
}
