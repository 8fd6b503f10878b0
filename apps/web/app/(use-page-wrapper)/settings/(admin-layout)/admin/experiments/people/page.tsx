import { FormPageHeader } from "@calcom/features/experiments-admin/pages/FormPageHeader";
import { PeopleView } from "@calcom/features/experiments-admin/pages/PeopleView";
import type { Metadata } from "next";
import { getServerTranslation } from "@/lib/i18n-server";
import { requireExperimentsPage } from "@/lib/require-experiments";
import { experimentPaths } from "@/modules/experiments/admin/paths";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getServerTranslation();
  return { title: t("people") };
}

export default async function PeoplePage() {
  await requireExperimentsPage(experimentPaths.people, "govern");
  const { t } = await getServerTranslation();
  return (
    <div className="flex flex-col gap-6">
      <FormPageHeader title={t("people")} description={t("people_description")} trail={[]} />
      <PeopleView />
    </div>
  );
}
