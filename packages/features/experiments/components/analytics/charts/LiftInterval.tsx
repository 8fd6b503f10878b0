"use client";

import { cn } from "@calcom/ui";
import type { ReactNode } from "react";
import type { DrawnLift } from "./lift-scale";
import type { Scale } from "./scale";
import { useFigures } from "./useFigures";

interface LiftIntervalProps extends DrawnLift {
  scale: Scale;
  color?: string;
}

/**
 * Mark, bar and zero, in the whole height of its cell, so that zero is one line through all rows. The figures stand
 * beside it: for readers it is not there.
 */
export function LiftInterval({ lift, interval, zone = null, scale, color = "" }: LiftIntervalProps) {
  const [least, most] = scale.domain;
  const place = (value: number) => (100 * (Math.min(Math.max(value, least), most) - least)) / (most - least);
  const span = (low: number, high: number) => ({
    left: `${place(low)}%`,
    width: `${place(high) - place(low)}%`,
  });
  const runsOut = {
    left: interval !== null && (interval.low === null || interval.low < least),
    right: interval !== null && (interval.high === null || interval.high > most),
  };
  return (
    <div
      aria-hidden
      data-slot="lift-interval"
      className="absolute -top-px right-0 bottom-0 left-3 min-w-24 max-lg:left-0"
    >
      {zone !== null && (
        <span
          data-slot="lift-zone"
          // Its edges are drawn as in the chart over time: a shade alone is hardly seen.
          className={cn(
            "absolute inset-y-0 border-muted-foreground/70 border-dashed bg-foreground/8",
            -zone >= least && "border-l",
            zone <= most && "border-r",
          )}
          style={span(-zone, zone)}
        />
      )}
      <span className="absolute inset-y-0 w-px bg-control" style={{ left: `${place(0)}%` }} />
      {interval !== null && (
        <span
          data-slot="lift-bar"
          className={cn(
            "absolute top-1/2 h-1 -translate-y-1/2",
            !runsOut.left && "rounded-l-xs",
            !runsOut.right && "rounded-r-xs",
          )}
          style={{ ...span(interval.low ?? least, interval.high ?? most), backgroundColor: color }}
        />
      )}
      {runsOut.left && <RunsOut side="left" color={color} />}
      {runsOut.right && <RunsOut side="right" color={color} />}
      {/* A stroke: a dot would be wider than a narrow interval. */}
      {lift !== null && lift >= least && lift <= most && (
        <span
          data-slot="lift-point"
          className="absolute top-1/2 h-3.5 w-0.5 -translate-1/2 rounded-full"
          style={{ left: `${place(lift)}%`, backgroundColor: color }}
        />
      )}
    </div>
  );
}

/** The head of an arrow at the end of the scale, where the interval goes on. */
function RunsOut({ side, color }: { side: "left" | "right"; color: string }) {
  return (
    <span
      data-slot={`lift-runs-out-${side}`}
      className={cn(
        "absolute top-1/2 h-3 w-2 -translate-y-1/2",
        side === "left"
          ? "left-0 [clip-path:polygon(0_50%,100%_0,100%_100%)]"
          : "right-0 [clip-path:polygon(100%_50%,0_0,0_100%)]",
      )}
      style={{ backgroundColor: color }}
    />
  );
}

/** Of the width of the scale: on a phone, as wide as a label. */
const TOO_NEAR = 0.15;

interface LiftAxisProps {
  scale: Scale;
  /** The share of the scale within which an end has no room beside zero. */
  tooNear?: number;
}

/** The ends of the common scale and its zero, in the place of the bars. */
export function LiftAxis({ scale, tooNear = TOO_NEAR }: LiftAxisProps) {
  const { liftTick } = useFigures();
  const [least, most] = scale.domain;
  // Beside zero there is no room for the end of the scale.
  const isAway = (end: number) => Math.abs(end) / (most - least) >= tooNear;
  const ticks = [...new Set([least, 0, most])].filter((tick) => tick === 0 || isAway(tick));
  return (
    <div
      aria-hidden
      data-slot="lift-axis"
      className="relative mt-1 h-4 min-w-24 text-muted-foreground text-xs tabular-nums"
    >
      {ticks.map((tick) => (
        <span
          key={tick}
          className={cn(
            "absolute top-0",
            tick === most ? "right-0" : tick === least ? "left-0" : "-translate-x-1/2",
          )}
          style={
            tick === least || tick === most ? {} : { left: `${(100 * (tick - least)) / (most - least)}%` }
          }
        >
          {liftTick(tick)}
        </span>
      ))}
    </div>
  );
}

/** A drawn interval with the ends of its scale above it where the table has no head that names them. */
export function SmallAxis({ scale, children }: { scale: Scale; children: ReactNode }) {
  return (
    <>
      <div className="lg:hidden">
        <LiftAxis scale={scale} />
      </div>
      <div className="max-lg:relative max-lg:h-6">{children}</div>
    </>
  );
}

/** A drawn interval below its figures, as wide as they may be: as the axis in the head of their column is. */
export function LiftBelow({ className, ...props }: LiftIntervalProps & { className?: string }) {
  return (
    <div className={cn("relative mt-0.5 h-5 lg:-ml-3", className)}>
      <LiftInterval {...props} />
    </div>
  );
}
