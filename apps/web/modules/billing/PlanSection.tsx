import type { BillingOverview } from "@calcom/features/billing";
import { Section } from "@calcom/ui";
import Form from "next/form";
import { getServerTranslation } from "@/lib/i18n-server";
import { BillingButton } from "./BillingButton";

export async function PlanSection({ overview: { plan, subscriptions } }: { overview: BillingOverview }) {
  const { t } = await getServerTranslation();
  const paidBy = subscriptions.filter(({ canceledAt }) => canceledAt === null).map(({ team }) => team.name);
  return (
    <Section title={t("billing_plan_title")}>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-4 rounded-lg border px-4 py-4">
        <div className="min-w-0">
          <p className="font-medium text-sm">{t(`plan_${plan}`)}</p>
          <p className="max-w-[56ch] text-pretty text-dense text-muted-foreground">
            {plan === "individual"
              ? t("billing_plan_individual_text")
              : paidBy.length > 0
                ? t("billing_plan_paid_text", { teams: paidBy.join(", ") })
                : t("billing_plan_by_organization_text")}
          </p>
        </div>
        <Form action="/settings/billing/upgrade">
          <BillingButton />
        </Form>
      </div>
    </Section>
  );
}
