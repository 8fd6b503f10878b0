import { billing } from "@calcom/features/billing/server";
import { PageHeader } from "@calcom/ui";
import type { Metadata } from "next";
import { getServerTranslation } from "@/lib/i18n-server";
import { requireUserPage } from "@/lib/require-user";
import { InvoicesSection } from "@/modules/billing/InvoicesSection";
import { PlanSection } from "@/modules/billing/PlanSection";
import { SubscriptionsSection } from "@/modules/billing/SubscriptionsSection";
import { ExperimentProvider } from "@/modules/experiments/ExperimentProvider";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getServerTranslation();
  return { title: t("billing_title") };
}

export default async function BillingPage() {
  const user = await requireUserPage("/settings/billing");
  const [{ t }, overview] = await Promise.all([getServerTranslation(), billing().overview(user.id)]);
  return (
    <div className="flex max-w-[760px] flex-col gap-10">
      <PageHeader title={t("billing_title")} description={t("billing_description")} />
      <ExperimentProvider slugs={["upgrade-button-test"]}>
        <PlanSection overview={overview} />
      </ExperimentProvider>
      <SubscriptionsSection subscriptions={overview.subscriptions} />
      <InvoicesSection overview={overview} />
    </div>
  );
}
