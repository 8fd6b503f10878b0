import {
  Breadcrumb,
  BreadcrumbItem,
  BreadcrumbLink,
  BreadcrumbList,
  BreadcrumbPage,
  BreadcrumbSeparator,
  PageHeader,
} from "@calcom/ui";
import type { Metadata } from "next";
import Link from "next/link";
import { getServerTranslation } from "@/lib/i18n-server";
import { requireUserPage } from "@/lib/require-user";
import { UpgradeForm } from "@/modules/billing/UpgradeForm";
import { ExperimentProvider } from "@/modules/experiments/ExperimentProvider";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getServerTranslation();
  return { title: t("billing_upgrade_title") };
}

export default async function UpgradePage() {
  await requireUserPage("/settings/billing/upgrade");
  const { t } = await getServerTranslation();
  return (
    <div className="flex max-w-[760px] flex-col gap-8">
      <PageHeader
        breadcrumbs={
          <Breadcrumb>
            <BreadcrumbList>
              <BreadcrumbItem>
                <BreadcrumbLink asChild>
                  <Link href="/settings/billing">{t("billing_title")}</Link>
                </BreadcrumbLink>
              </BreadcrumbItem>
              <BreadcrumbSeparator />
              <BreadcrumbItem>
                <BreadcrumbPage>{t("billing_upgrade_title")}</BreadcrumbPage>
              </BreadcrumbItem>
            </BreadcrumbList>
          </Breadcrumb>
        }
        title={t("billing_upgrade_title")}
        description={t("billing_upgrade_description")}
      />
      {/* What is charged here is what the pricing page tests. */}
      <ExperimentProvider slugs={["pricing-tiers"]}>
        <UpgradeForm />
      </ExperimentProvider>
    </div>
  );
}
