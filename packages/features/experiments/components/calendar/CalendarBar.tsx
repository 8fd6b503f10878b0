import { cn, statusToneClasses } from "@calcom/ui";
import type { Status } from "../../types/settings";
import { statusLooks } from "../ExperimentStatus";
import { fillings, HATCHED, OVERDUE, PLANNED } from "./fillings";
import type { Bar, Stretch } from "./timeline";

/** What it draws stands beside it in words. */
export function CalendarBar({ bar, status }: { bar: Bar; status: Status }) {
  const { ran, pauses, overdue, planned, isExpected, isOpen } = bar;
  return (
    <div aria-hidden className={cn("relative h-3 max-lg:mt-1", statusToneClasses[statusLooks[status].tone])}>
      {ran !== null && (
        <span
          data-slot="calendar-bar"
          className={cn(
            "absolute inset-y-0 border border-current bg-background",
            (isOpen || planned !== null) && "border-e-0",
            !ran.isFromBefore && "rounded-s-sm",
            !ran.isCutOff && !isOpen && planned === null && "rounded-e-sm",
          )}
          style={toStyle(ran)}
        >
          <span className={cn("absolute inset-0", fillings[status])} />
        </span>
      )}
      {pauses.map((pause) => (
        <span
          key={pause.start}
          data-slot="calendar-pause"
          className="absolute inset-y-0 border-current border-y bg-background"
          style={toStyle(pause)}
        >
          <span className={cn("absolute inset-0", HATCHED)} />
        </span>
      ))}
      {overdue !== null && (
        <span
          data-slot="calendar-overdue"
          // It begins with the line of what was planned.
          className={cn(
            "absolute inset-y-0 border-y border-current bg-background",
            !overdue.isFromBefore && "border-s-2",
            statusToneClasses.warning,
          )}
          style={toStyle(overdue)}
        >
          <span className={cn("absolute inset-0", OVERDUE)} />
        </span>
      )}
      {planned !== null && (
        <span
          data-slot="calendar-planned"
          className={cn(
            "absolute inset-y-0 border border-current bg-background",
            isExpected || planned.isCutOff ? PLANNED.expected : PLANNED.scheduled,
            planned.isCutOff && "border-e-0",
          )}
          style={toStyle(planned)}
        />
      )}
    </div>
  );
}

function toStyle({ start, width }: Stretch) {
  return { insetInlineStart: `${start}%`, width: `${width}%` };
}
