import { experimentsAdmin } from "@calcom/features/experiments/server";
import { ChecklistView } from "@calcom/features/experiments-admin/pages/ChecklistView";
import { FormPageHeader } from "@calcom/features/experiments-admin/pages/FormPageHeader";
import type { Metadata } from "next";
import { getServerTranslation } from "@/lib/i18n-server";
import { requireExperimentsPage } from "@/lib/require-experiments";
import { experimentPaths } from "@/modules/experiments/admin/paths";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getServerTranslation();
  return { title: t("checklist") };
}

export default async function ChecklistPage() {
  const { user } = await requireExperimentsPage(experimentPaths.checklist);
  const [{ t }, items] = await Promise.all([
    getServerTranslation(),
    experimentsAdmin().checklist.list({ userId: user.id }),
  ]);
  return (
    <div className="flex flex-col gap-6">
      <FormPageHeader title={t("checklist")} description={t("checklist_description")} trail={[]} />
      <ChecklistView stored={items} />
    </div>
  );
}
