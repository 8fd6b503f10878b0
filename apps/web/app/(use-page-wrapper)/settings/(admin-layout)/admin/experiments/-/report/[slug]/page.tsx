import { experimentsAdmin } from "@calcom/features/experiments/server";
import { ReportView } from "@calcom/features/experiments-admin/pages/ReportView";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getServerTranslation } from "@/lib/i18n-server";
import { requireExperimentsPage } from "@/lib/require-experiments";
import { readSlug } from "@/lib/slug-param";
import { loadExperiment } from "@/modules/experiments/admin/load-experiment";
import { experimentPaths } from "@/modules/experiments/admin/paths";

type Props = { params: Promise<{ slug: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const slug = await readSlug(params);
  const { user } = await requireExperimentsPage(experimentPaths.report(slug));
  const [{ t }, { name }] = await Promise.all([getServerTranslation(), loadExperiment(user.id, slug)]);
  return { title: t("report_of", { name }) };
}

export default async function ReportPage({ params }: Props) {
  const slug = await readSlug(params);
  const { user } = await requireExperimentsPage(experimentPaths.report(slug));
  const { damage } = await loadExperiment(user.id, slug);
  // Its own page says what is wrong with it.
  if (damage !== null) redirect(experimentPaths.detail(slug));
  return <ReportView key={slug} facts={await experimentsAdmin().reports.read({ userId: user.id }, slug)} />;
}
