"use client";

import { useLocale } from "@calcom/lib/i18n";
import { cn } from "@calcom/ui";
import type { Status } from "../../types/settings";
import { statusKeys } from "../ExperimentStatus";
import { hasRun, PARTS, PLANNED, pausePart, ranPart } from "./fillings";
import type { Bar } from "./timeline";

interface Drawn {
  status: Status;
  bar: Bar;
}

/** Explains the bars that are on this page. Screen readers hear the same in words with each experiment. */
export function CalendarLegend({ drawn }: { drawn: readonly Drawn[] }) {
  const { t } = useLocale();
  return (
    <p
      aria-hidden
      data-slot="calendar-legend"
      className="flex flex-wrap gap-x-4 gap-y-1 text-muted-foreground text-xs"
    >
      {SAMPLES.filter(({ isIn }) => drawn.some(isIn)).map(({ key, tone, filling, frame }) => (
        <span key={key} className="flex items-center gap-1.5">
          <span className={cn("relative h-3 w-6 rounded-sm border border-current", tone, frame)}>
            <span className={cn("absolute inset-0", filling)} />
          </span>
          {t(key)}
        </span>
      ))}
    </p>
  );
}

interface Sample {
  key: string;
  tone: string;
  filling?: string;
  frame?: string;
  isIn: (drawn: Drawn) => boolean;
}

const ran = (part: ReturnType<typeof ranPart>): Sample => ({
  key: statusKeys[part],
  ...PARTS[part],
  isIn: ({ status, bar }) => ranPart(status) === part && hasRun(bar),
});
const stopped = (part: ReturnType<typeof pausePart>): Sample => ({
  key: statusKeys[part],
  ...PARTS[part],
  isIn: ({ status, bar }) => pausePart(status) === part && bar.pauses.length > 0,
});

const SAMPLES: Sample[] = [
  ran("running"),
  stopped("paused"),
  stopped("off"),
  {
    key: "calendar_legend_scheduled",
    tone: PLANNED.tone,
    frame: PLANNED.scheduled,
    isIn: ({ bar }) => bar.planned !== null && !bar.isExpected,
  },
  {
    key: "calendar_legend_expected",
    tone: PLANNED.tone,
    frame: PLANNED.expected,
    isIn: ({ bar }) => bar.planned !== null && bar.isExpected,
  },
  {
    key: "calendar_legend_overdue",
    ...PARTS.overdue,
    isIn: ({ bar }) => bar.overdue !== null,
  },
  ran("concluded"),
  ran("archived"),
];
