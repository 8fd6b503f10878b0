"use client";

import { useMay } from "@calcom/features/experiments/components/ExperimentPermissions";
import {
  ExperimentPerson,
  PersonFacts,
  type PersonFilter,
  PersonLabel,
  personName,
} from "@calcom/features/experiments/components/ExperimentPerson";
import type { PersonKey, PersonLook } from "@calcom/features/experiments/types";
import { useLocale } from "@calcom/lib/i18n";
import { PageHeader } from "@calcom/ui";
import { useSearchParams } from "next/navigation";
import { type RefObject, useCallback, useEffect, useRef } from "react";
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

export function PersonView({ firstQuery, first, refusal }: PersonViewProps) {
  const { t } = useLocale();
  const paths = usePaths();
  const head = useHeadingFocus(first === null ? null : `${first.person.unit} ${first.person.id}`);
  const name = first === null ? null : personName(first.look.person, t);
  return (
    <FormPorts needsMetrics={false}>
      <div className="flex flex-col gap-6">
        <PageHeader
          ref={head}
          title={name ?? t("person_lookup")}
          description={first === null ? t("person_description") : <PersonLabel person={first.look.person} />}
          breadcrumbs={<LookupTrail person={name} />}
        />
        {/* The field keeps its place, so that people can be looked up one after another. */}
        <PersonLookup query={firstQuery} refusal={refusal} isAlone={first === null} />
        {first !== null && (
          <>
            <PersonFacts person={first.look.person} hrefOf={paths.person} />
            <Answers key={`${first.person.unit} ${first.person.id}`} firstQuery={firstQuery} {...first} />
          </>
        )}
      </div>
    </FormPorts>
  );
}

/** The page stays where another person is shown: the keyboard goes on at the name, which is read out. */
function useHeadingFocus(shown: string | null): RefObject<HTMLElement | null> {
  const head = useRef<HTMLElement>(null);
  const before = useRef(shown);
  useEffect(() => {
    if (before.current === shown) return;
    before.current = shown;
    if (shown !== null) head.current?.querySelector("h1")?.focus();
  }, [shown]);
  return head;
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
