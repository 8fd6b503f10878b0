import { experimentsAdmin } from "@calcom/features/experiments/server";
import { ExperimentListView } from "@calcom/features/experiments-admin/pages/ExperimentListView";
import { readListQuery, toListInput } from "@calcom/features/experiments-admin/pages/list-query";
import type { Metadata } from "next";
import { getServerTranslation } from "@/lib/i18n-server";
import { requireExperimentsPage } from "@/lib/require-experiments";
import { type SearchParams, toUrlParams } from "@/lib/url-params";
import { experimentPaths } from "@/modules/experiments/admin/paths";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getServerTranslation();
  return { title: t("experiments") };
}

export default async function ExperimentsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { user } = await requireExperimentsPage(experimentPaths.list);
  const query = readListQuery(toUrlParams(await searchParams));
  const { catalog, views } = experimentsAdmin();
  const actor = { userId: user.id };
  const [first, firstViews] = await Promise.all([catalog.list(actor, toListInput(query)), views.list(actor)]);
  return <ExperimentListView first={first} firstQuery={query} firstViews={firstViews} userId={user.id} />;
}
