"use client";

import { LookupForm } from "@calcom/features/experiments/components/ExperimentPerson";
import type { PersonKey } from "@calcom/features/experiments/types";
import { useLocale } from "@calcom/lib/i18n";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { useAdminUtils } from "../api/hooks";
import { usePaths } from "../api/host";
import { commandRefusal } from "./api-refusal";
import { PageTrail } from "./PageTrail";
import { type PersonQuery, typedFor, writePersonQuery } from "./person-query";

export function LookupTrail({ person }: { person: string | null }) {
  const { t } = useLocale();
  const paths = usePaths();
  const list = { href: paths.list, label: t("experiments") };
  const lookup = { href: paths.lookup(), label: t("person_lookup") };
  return (
    <PageTrail
      label={t("breadcrumb")}
      links={person === null ? [list] : [list, lookup]}
      current={person ?? lookup.label}
    />
  );
}

export function PersonLookup({
  query,
  refusal,
  isAlone,
}: {
  query: PersonQuery;
  refusal: string | null;
  isAlone: boolean;
}) {
  const { t } = useLocale();
  const router = useRouter();
  const paths = usePaths();
  const { client } = useAdminUtils();
  const [isGoing, startGoing] = useTransition();
  const { search, person: shown } = query;
  // People who come from an experiment's page want to know about that experiment.
  const hrefOf = (person: PersonKey) =>
    `${paths.lookup()}${writePersonQuery({ person, search, show: "all" })}`;
  return (
    <LookupForm
      // What was typed goes with the answer: it may be an address.
      key={`${shown?.unit} ${shown?.id} ${refusal}`}
      hrefOf={hrefOf}
      onChoose={(person) => startGoing(() => router.push(hrefOf(person)))}
      isGoing={isGoing}
      onFindEmail={async (email) => {
        try {
          return await client.people.findByEmail.mutate({ email });
        } catch (error) {
          return { refusal: commandRefusal(error, t).message };
        }
      }}
      refusal={refusal}
      refused={refusal === null ? "" : typedFor(query)}
      refusedPerson={refusal === null ? null : shown}
      isAlone={isAlone}
    />
  );
}
