"use client";

import { useLocale } from "@calcom/lib/i18n";
import { cn, statusToneClasses } from "@calcom/ui";
import type { Status } from "../../types/settings";
import { statusKeys, statusLooks } from "../ExperimentStatus";
import { fillings, HATCHED, OVERDUE, PLANNED } from "./fillings";
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
      {SAMPLES.filter(({ isIn }) => drawn.some(isIn)).map(({ key, tone, look, frame }) => (
        <span key={key} className="flex items-center gap-1.5">
          <span className={cn("relative h-3 w-6 rounded-sm border border-current", tone, frame)}>
            <span className={cn("absolute inset-0", look)} />
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
  look?: string;
  frame?: string;
  isIn: (drawn: Drawn) => boolean;
}

const toneOf = (status: Status) => statusToneClasses[statusLooks[status].tone];
const ofStatus = (status: Status, look = fillings[status]): Sample => ({
  key: statusKeys[status],
  tone: toneOf(status),
  look,
  isIn: (drawn) => drawn.status === status && drawn.bar.ran !== null,
});

const SAMPLES: Sample[] = [
  ofStatus("running"),
  {
    ...ofStatus("paused", HATCHED),
    isIn: ({ status, bar }) => status !== "off" && bar.pauses.length > 0,
  },
  ofStatus("off", HATCHED),
  {
    key: "calendar_legend_scheduled",
    tone: toneOf("draft"),
    frame: PLANNED.scheduled,
    isIn: ({ bar }) => bar.planned !== null && !bar.isExpected,
  },
  {
    key: "calendar_legend_expected",
    tone: toneOf("running"),
    frame: PLANNED.expected,
    isIn: ({ bar }) => bar.planned !== null && bar.isExpected,
  },
  {
    key: "calendar_legend_overdue",
    tone: statusToneClasses.warning,
    look: OVERDUE,
    isIn: ({ bar }) => bar.overdue !== null,
  },
  ofStatus("concluded"),
  ofStatus("archived"),
];
