"use client";

import { useMay } from "@calcom/features/experiments/components/ExperimentPermissions";
import {
  ExperimentPerson,
  PersonFacts,
  type PersonFilter,
  personName,
} from "@calcom/features/experiments/components/ExperimentPerson";
import type { PersonKey, PersonLook } from "@calcom/features/experiments/types";
import { useLocale } from "@calcom/lib/i18n";
import { PageHeader } from "@calcom/ui";
import { useSearchParams } from "next/navigation";
import { useCallback, useEffect, useRef } from "react";
import { useAdminHost, usePaths } from "../api/host";
import { FormPorts } from "./FormPorts";
import { LookupTrail, PersonLookup } from "./PersonLookup";
import { type PersonQuery, readPersonQuery, writePersonQuery } from "./person-query";
import { usePerson } from "./usePerson";

interface PersonViewProps {
  firstQuery: PersonQuery;
  /** The person that the server has found; null if none was asked for, or the person does not exist. */
  first: { person: PersonKey; look: PersonLook } | null;
  refusal: string | null;
}

const NAME = "person-name";

export function PersonView({ firstQuery, first, refusal }: PersonViewProps) {
  const { t } = useLocale();
  const paths = usePaths();
  useHeadingFocus(first === null ? null : `${first.person.unit} ${first.person.id}`);
  return (
    <FormPorts needsMetrics={false}>
      <div className="flex flex-col gap-6">
        <PageHeader
          title={t("person_lookup")}
          description={t("person_description")}
          breadcrumbs={<LookupTrail isOfPerson={first !== null} />}
        />
        {/* The field keeps its place, so that people can be looked up one after another. */}
        <PersonLookup query={firstQuery} refusal={refusal} isAlone={first === null} />
        {first !== null && (
          <>
            <header className="grid gap-0.5 border-t pt-6">
              <h2
                id={NAME}
                tabIndex={-1}
                className="wrap-anywhere text-balance font-semibold text-lg tracking-tight focus:outline-none"
              >
                {personName(first.look.person, t)}
              </h2>
              <div className="wrap-anywhere text-muted-foreground text-sm">
                <PersonFacts person={first.look.person} hrefOf={paths.person} />
              </div>
            </header>
            <Answers key={`${first.person.unit} ${first.person.id}`} firstQuery={firstQuery} {...first} />
          </>
        )}
      </div>
    </FormPorts>
  );
}

/** The page stays where another person is shown: the keyboard goes on at the name, which is read out. */
function useHeadingFocus(shown: string | null) {
  const before = useRef(shown);
  useEffect(() => {
    if (before.current === shown) return;
    before.current = shown;
    if (shown !== null) document.getElementById(NAME)?.focus();
  }, [shown]);
}

function Answers({
  person,
  look,
  firstQuery,
}: {
  person: PersonKey;
  look: PersonLook;
  firstQuery: PersonQuery;
}) {
  const { paths, flags } = useAdminHost();
  const mayChangeFlags = useMay("convert");
  const { search, show } = readPersonQuery(useSearchParams());
  const { state, loadMore } = usePerson({
    person,
    filter: { search, show },
    first: look,
    firstFilter: firstQuery,
  });
  const changeFilter = useCallback(
    (change: Partial<PersonFilter>) => {
      // Not by the router: the page needs only another answer of the API.
      const now = readPersonQuery(new URLSearchParams(window.location.search));
      window.history.replaceState(
        null,
        "",
        `${window.location.pathname}${writePersonQuery({ ...now, person, ...change })}`,
      );
    },
    [person],
  );
  return (
    <ExperimentPerson
      filter={{ search, show }}
      onFilterChange={changeFilter}
      state={state}
      onLoadMore={loadMore}
      hrefOf={paths.detail}
      hrefOfFlag={mayChangeFlags ? flags.pathOf : null}
    />
  );
}
