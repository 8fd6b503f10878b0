import type { BillingOverview } from "@calcom/features/billing";
import { dateLabel } from "@calcom/lib/date-labels";
import {
  EmptyState,
  Section,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "@calcom/ui";
import { getServerTranslation } from "@/lib/i18n-server";
import { moneyLabel } from "./money";

const SHOWN = 12;

export async function InvoicesSection({ overview: { plan, subscriptions } }: { overview: BillingOverview }) {
  const { t, locale } = await getServerTranslation();
  const invoices = subscriptions
    .flatMap(({ team, invoices }) => invoices.map((invoice) => ({ ...invoice, teamName: team.name })))
    .sort((a, b) => b.periodStart.getTime() - a.periodStart.getTime())
    .slice(0, SHOWN);
  return (
    <Section title={t("billing_invoices_title")}>
      {invoices.length === 0 ? (
        <EmptyState
          title={t("billing_no_invoices")}
          description={t(
            plan === "individual" ? "billing_no_invoices_text" : "billing_no_invoices_member_text",
          )}
        />
      ) : (
        <div className="rounded-lg border [&_:is(td,th):first-child]:ps-4 [&_:is(td,th):last-child]:pe-4">
          <Table>
            <TableHeader>
              <TableRow>
                <TableHead>{t("billing_invoice_number")}</TableHead>
                <TableHead className="max-sm:hidden">{t("billing_invoice_team")}</TableHead>
                <TableHead>{t("billing_invoice_period")}</TableHead>
                <TableHead numeric>{t("billing_invoice_amount")}</TableHead>
              </TableRow>
            </TableHeader>
            <TableBody>
              {invoices.map(({ number, teamName, periodStart, periodEnd, amountCents }) => (
                <TableRow key={number}>
                  <TableCell className="whitespace-nowrap font-mono">{number}</TableCell>
                  <TableCell className="max-sm:hidden">{teamName}</TableCell>
                  <TableCell className="whitespace-nowrap text-muted-foreground">
                    {dateLabel(periodStart, "UTC", locale)}
                    <span className="max-sm:hidden"> – {dateLabel(periodEnd, "UTC", locale)}</span>
                  </TableCell>
                  <TableCell numeric>{moneyLabel(amountCents, locale)}</TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </div>
      )}
    </Section>
  );
}
