"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Section } from "@calcom/ui";
import { type ExperimentPersonProps, PersonEntries } from "./person/PersonEntries";
import { PersonFilters } from "./person/PersonFilters";
import { PersonTimeline } from "./person/PersonTimeline";

export { LookupForm } from "./person/LookupForm";
export type { ExperimentPersonProps, PersonState } from "./person/PersonEntries";
export type { PersonFilter } from "./person/PersonFilters";
export { PersonFacts, PersonLabel, personName } from "./person/PersonHeader";

/** What one person sees of every experiment and flag, and why; below it what was recorded of them. */
export function ExperimentPerson(props: ExperimentPersonProps) {
  const { filter, onFilterChange, state } = props;
  const { t } = useLocale();
  const look = state.status === "ready" ? state.look : null;
  return (
    <div className="grid gap-8 *:min-w-0">
      <Section title={t("person_experiments")}>
        <PersonFilters filter={filter} onFilterChange={onFilterChange} total={look?.total ?? null} />
        <PersonEntries {...props} />
      </Section>
      {look !== null && <PersonTimeline events={look.timeline} isIncomplete={look.isTimelineWithheld} />}
    </div>
  );
}
