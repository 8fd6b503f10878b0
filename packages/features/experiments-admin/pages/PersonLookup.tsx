"use client";

import { LookupForm } from "@calcom/features/experiments/components/ExperimentPerson";
import type { PersonKey } from "@calcom/features/experiments/types";
import { useLocale } from "@calcom/lib/i18n";
import {
  Breadcrumb,
  BreadcrumbItem,
  BreadcrumbLink,
  BreadcrumbList,
  BreadcrumbPage,
  BreadcrumbSeparator,
} from "@calcom/ui";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { useAdminUtils } from "../api/hooks";
import { usePaths } from "../api/host";
import { commandRefusal } from "./api-refusal";
import { type PersonQuery, typedFor, writePersonQuery } from "./person-query";

export function LookupTrail({ isOfPerson }: { isOfPerson: boolean }) {
  const { t } = useLocale();
  const paths = usePaths();
  return (
    <Breadcrumb label={t("breadcrumb")}>
      <BreadcrumbList>
        <BreadcrumbItem>
          <BreadcrumbLink asChild>
            <Link href={paths.list}>{t("experiments")}</Link>
          </BreadcrumbLink>
        </BreadcrumbItem>
        <BreadcrumbSeparator />
        <BreadcrumbItem>
          {isOfPerson ? (
            <BreadcrumbLink asChild>
              <Link href={paths.lookup()}>{t("person_lookup")}</Link>
            </BreadcrumbLink>
          ) : (
            <BreadcrumbPage>{t("person_lookup")}</BreadcrumbPage>
          )}
        </BreadcrumbItem>
      </BreadcrumbList>
    </Breadcrumb>
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
