import { cn } from "@calcom/ui";
import type { Status } from "../../types/settings";
import { PARTS, PLANNED, pausePart, ranPart } from "./fillings";
import type { Bar, Stretch } from "./timeline";

/** What it draws stands beside it in words. */
export function CalendarBar({ bar, status }: { bar: Bar; status: Status }) {
  const { ran, pauses, overdue, planned, isExpected, isOpen } = bar;
  const [going, pausing] = [PARTS[ranPart(status)], PARTS[pausePart(status)]];
  return (
    <div aria-hidden className="relative h-3 max-lg:mt-1">
      {ran !== null && (
        <span
          data-slot="calendar-bar"
          className={cn(
            "absolute inset-y-0 border border-current bg-background",
            going.tone,
            (isOpen || planned !== null) && "border-e-0",
            !ran.isFromBefore && "rounded-s-sm",
            !ran.isCutOff && !isOpen && planned === null && "rounded-e-sm",
          )}
          style={toStyle(ran)}
        >
          <span className={cn("absolute inset-0", going.filling)} />
        </span>
      )}
      {pauses.map((pause) => (
        <span
          key={pause.start}
          data-slot="calendar-pause"
          className={cn("absolute inset-y-0 border-current border-y bg-background", pausing.tone)}
          style={toStyle(pause)}
        >
          <span className={cn("absolute inset-0", pausing.filling)} />
        </span>
      ))}
      {overdue !== null && (
        <span
          data-slot="calendar-overdue"
          // It begins with the line of what was planned.
          className={cn(
            "absolute inset-y-0 border-y border-current bg-background",
            !overdue.isFromBefore && "border-s-2",
            PARTS.overdue.tone,
          )}
          style={toStyle(overdue)}
        >
          <span className={cn("absolute inset-0", PARTS.overdue.filling)} />
        </span>
      )}
      {planned !== null && (
        <span
          data-slot="calendar-planned"
          className={cn(
            "absolute inset-y-0 border border-current bg-background",
            PLANNED.tone,
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
