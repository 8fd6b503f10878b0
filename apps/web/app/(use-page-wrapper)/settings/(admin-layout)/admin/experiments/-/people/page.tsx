import { experimentsAdmin } from "@calcom/features/experiments/server";
import { PersonView } from "@calcom/features/experiments-admin/pages/PersonView";
import { readPersonQuery, writePersonQuery } from "@calcom/features/experiments-admin/pages/person-query";
import { say } from "@calcom/lib/sentence";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getServerTranslation } from "@/lib/i18n-server";
import { requireExperimentsPage } from "@/lib/require-experiments";
import { type SearchParams, toUrlParams } from "@/lib/url-params";
import { orRefusal } from "@/modules/experiments/admin/or-refusal";
import { experimentPaths } from "@/modules/experiments/admin/paths";

/** Names nobody: titles stay in the history of browsers. */
export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getServerTranslation();
  return { title: t("person_lookup") };
}

export default async function PersonPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const query = readPersonQuery(toUrlParams(await searchParams));
  const { user } = await requireExperimentsPage(`${experimentPaths.lookup()}${writePersonQuery(query)}`);
  const { people } = experimentsAdmin();
  const actor = { userId: user.id };
  const { person, email, search, show } = query;
  if (email !== null) {
    const found = await orRefusal(people.findByEmail(actor, email), tell);
    if ("refusal" in found) return <PersonView firstQuery={query} first={null} refusal={found.refusal} />;
    // The address goes out of the history, the log and the reports of pages.
    const key = { unit: "user", id: found.id } as const;
    redirect(`${experimentPaths.lookup()}${writePersonQuery({ ...query, person: key })}`);
  }
  if (person === null) return <PersonView firstQuery={query} first={null} refusal={null} />;
  const look = await orRefusal(people.look(actor, { person, search, show, page: 1 }), tell);
  return "refusal" in look ? (
    <PersonView firstQuery={query} first={null} refusal={look.refusal} />
  ) : (
    <PersonView firstQuery={query} first={{ person, look }} refusal={null} />
  );
}

async function tell(refusal: Error): Promise<string> {
  const { t } = await getServerTranslation();
  return say(t, refusal);
}
