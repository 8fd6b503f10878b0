"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Section } from "@calcom/ui";
import type { PersonEvent } from "../../types/people";
import { Days } from "../shared/Days";
import { useFormat } from "../shared/useFormat";
import { ZoneNote } from "../shared/ZoneNote";

interface PersonTimelineProps {
  events: PersonEvent[];
  /** Whether some of their experiments keep conversions back. */
  isIncomplete: boolean;
}

/** What was recorded of somebody on each day, the latest first. */
export function PersonTimeline({ events, isIncomplete }: PersonTimelineProps) {
  const { t } = useLocale();
  return (
    <Section title={t("person_timeline")}>
      {isIncomplete && (
        <p className="text-pretty text-dense text-muted-foreground">{t("person_timeline_withheld")}</p>
      )}
      {events.length === 0 ? (
        <p className="text-dense text-muted-foreground">{t("person_timeline_empty")}</p>
      ) : (
        <div className="grid gap-6">
          <Days entries={events} level="h3">
            {(event) => (
              <Event
                key={`${event.slug} ${event.what.kind} ${labelOf(event)} ${event.at.getTime()}`}
                event={event}
              />
            )}
          </Days>
          <ZoneNote />
        </div>
      )}
    </Section>
  );
}

function Event({ event }: { event: PersonEvent }) {
  const { t } = useLocale();
  const { moment, time } = useFormat();
  const { at, name, what } = event;
  return (
    // In the columns of the entries above, and the time at the end, as in the activity.
    <li className="flex items-baseline gap-x-3 border-b py-2 text-dense">
      <div className="grid min-w-0 flex-1 gap-x-6 gap-y-0.5 md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <p className="wrap-anywhere">
          {what.kind === "converted"
            ? t("person_event_converted", { event: what.event })
            : t(what.kind === "assigned" ? "person_event_assigned" : "person_event_exposed", {
                variant: what.variant,
              })}
        </p>
        <p className="wrap-anywhere text-muted-foreground">{name}</p>
      </div>
      <time
        dateTime={at.toISOString()}
        title={moment(at)}
        className="whitespace-nowrap text-muted-foreground tabular-nums"
      >
        {time(at)}
      </time>
    </li>
  );
}

function labelOf({ what }: PersonEvent): string {
  return what.kind === "converted" ? what.event : what.variant;
}
