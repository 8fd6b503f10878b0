"use client";

import type { PersonKey, PersonLook } from "@calcom/features/experiments/types";
import { useLocale } from "@calcom/lib/i18n";
import { useRouter, useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";
import type { AdminClient } from "../../api/client";
import { useAdminHost } from "../../api/host";
import { commandRefusal } from "../../pages/api-refusal";
import { PersonView } from "../../pages/PersonView";
import { isMendable, type PersonQuery, readPersonQuery, writePersonQuery } from "../../pages/person-query";
import { FirstOf, PageSkeleton, useTitle } from "../PageStates";
import { useFirst } from "../useFirst";

/** Whom the address names decides what is asked for anew; what is searched for in the answers does not. */
export default function LookupPage() {
  const { t } = useLocale();
  const query = readPersonQuery(useSearchParams());
  useTitle(t("person_lookup"));
  const asked = `${query.email ?? ""} ${query.person?.unit ?? ""} ${query.person?.id ?? ""}`;
  return <Asked key={asked} query={query} />;
}

type Found = { person: PersonKey; look: PersonLook } | { refused: unknown } | { goTo: PersonKey } | null;

function Asked({ query }: { query: PersonQuery }) {
  const { t } = useLocale();
  const { client, paths } = useAdminHost();
  const router = useRouter();
  const [firstQuery] = useState(query);
  const first = useFirst("person", async () => ({ found: await find(client, firstQuery) }));
  const found = first.status === "ready" ? first.first.found : null;
  const goTo = found !== null && "goTo" in found ? found.goTo : null;
  useEffect(() => {
    // The address of mail goes out of the history, the log and the reports of pages.
    if (goTo !== null)
      router.replace(`${paths.lookup()}${writePersonQuery({ ...firstQuery, person: goTo })}`);
  }, [goTo, firstQuery, paths, router]);
  return (
    <FirstOf of={first}>
      {({ found }) => {
        if (found !== null && "goTo" in found) return <PageSkeleton />;
        const refusal =
          found !== null && "refused" in found ? commandRefusal(found.refused, t).message : null;
        const shown = found !== null && "look" in found ? found : null;
        return <PersonView firstQuery={firstQuery} first={shown} refusal={refusal} />;
      }}
    </FirstOf>
  );
}

async function find(client: AdminClient, { email, person, search, show }: PersonQuery): Promise<Found> {
  try {
    if (email !== null) {
      const { id } = await client.people.findByEmail.mutate({ email });
      return { goTo: { unit: "user", id } };
    }
    if (person === null) return null;
    return { person, look: await client.people.look.mutate({ person, search, show, page: 1 }) };
  } catch (error) {
    if (isMendable(commandRefusal(error, (key) => key).code)) return { refused: error };
    throw error;
  }
}
