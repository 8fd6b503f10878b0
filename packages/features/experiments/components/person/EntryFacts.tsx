"use client";

import { useLocale } from "@calcom/lib/i18n";
import { isRecord, type Json } from "@calcom/lib/json";
import { Disclosure } from "@calcom/ui";

/** The facts that the targeting of one experiment reads, and no others. */
export function EntryFacts({ facts }: { facts: Record<string, Json> }) {
  const { t } = useLocale();
  const rows = Object.entries(facts).flatMap(([name, fact]) =>
    name === "attributes" && isRecord(fact) ? Object.entries(fact) : [[name, fact] as const],
  );
  if (rows.length === 0) return null;
  return (
    <Disclosure summary={t("person_facts")}>
      <dl className="grid gap-x-3 pt-1 font-mono text-xs sm:grid-cols-[10rem_1fr]">
        {rows.map(([name, fact]) => (
          <div key={name} className="contents">
            <dt className="wrap-anywhere text-muted-foreground">
              {factNames[name] ? t(factNames[name]) : name}
            </dt>
            <dd className="wrap-anywhere">{factText(fact as Json, t("experiment_nothing"))}</dd>
          </div>
        ))}
      </dl>
    </Disclosure>
  );
}

function factText(fact: Json | undefined, nothing: string): string {
  if (fact === null || fact === undefined) return nothing;
  if (Array.isArray(fact))
    return fact.length === 0 ? nothing : fact.map((part) => factText(part, nothing)).join(", ");
  return typeof fact === "object" ? JSON.stringify(fact) : String(fact);
}

const factNames: Record<string, string> = {
  teamIds: "experiment_teams",
  organizationIds: "experiment_organizations",
  isInOrganization: "person_fact_in_organization",
};
