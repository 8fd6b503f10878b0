"use client";

import { useLocale } from "@calcom/lib/i18n";
import { cn, statusToneClasses } from "@calcom/ui";
import { statusKeys, statusLooks } from "../ExperimentStatus";
import { fillings, HATCHED, OVERDUE } from "./fillings";

/** What the bars draw. Readers hear it of each experiment. */
export function CalendarLegend() {
  const { t } = useLocale();
  return (
    <p
      aria-hidden
      data-slot="calendar-legend"
      className="flex flex-wrap gap-x-4 gap-y-1 text-muted-foreground text-xs"
    >
      {SAMPLES.map(({ key, tone, look }) => (
        <span key={key} className="flex items-center gap-1.5">
          <span
            className={cn(
              "relative h-3 w-6 rounded-sm border border-current",
              tone,
              look === null && "border-dashed",
            )}
          >
            <span className={cn("absolute inset-0", look)} />
          </span>
          {t(key)}
        </span>
      ))}
    </p>
  );
}

const toneOf = (status: keyof typeof statusLooks) => statusToneClasses[statusLooks[status].tone];
const SAMPLES = [
  { key: statusKeys.running, tone: toneOf("running"), look: fillings.running },
  { key: statusKeys.paused, tone: toneOf("paused"), look: HATCHED },
  { key: "calendar_legend_expected", tone: toneOf("running"), look: null },
  { key: "calendar_legend_overdue", tone: statusToneClasses.warning, look: OVERDUE },
  { key: statusKeys.concluded, tone: toneOf("concluded"), look: fillings.concluded },
];
