import type { SubscriptionSummary } from "@calcom/features/billing";
import { dateLabel } from "@calcom/lib/date-labels";
import { Badge, Section } from "@calcom/ui";
import Link from "next/link";
import type { ReactNode } from "react";
import { getServerTranslation } from "@/lib/i18n-server";
import { moneyLabel } from "./money";

export async function SubscriptionsSection({ subscriptions }: { subscriptions: SubscriptionSummary[] }) {
  const { t } = await getServerTranslation();
  if (subscriptions.length === 0) return null;
  return (
    <Section title={t("billing_subscriptions_title")}>
      <ul className="divide-y rounded-lg border">
        {subscriptions.map((subscription) => (
          <li key={subscription.team.id} className="px-4 py-4">
            <Subscription {...subscription} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

async function Subscription(subscription: SubscriptionSummary) {
  const { t, locale } = await getServerTranslation();
  const { team, owners, seats, seatsTaken, pricePerSeatCents, startedAt, canceledAt, nextInvoiceAt } =
    subscription;
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Link href={`/teams/${team.slug}`} className="font-medium text-sm underline-offset-4 hover:underline">
          {team.name}
        </Link>
        {team.isOrganization && <Badge variant="muted">{t("plan_organization")}</Badge>}
        {canceledAt !== null && (
          <Badge variant="warning">
            {t("billing_canceled_on", { date: dateLabel(canceledAt, "UTC", locale) })}
          </Badge>
        )}
        <span className="text-dense text-muted-foreground">
          {t("billing_owned_by", { owners: owners.join(", ") })}
        </span>
      </div>
      <dl className="mt-3 grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-4">
        <Fact label={t("billing_seats")}>{t("billing_seats_taken", { taken: seatsTaken, seats })}</Fact>
        <Fact label={t("billing_per_month")}>
          {moneyLabel(pricePerSeatCents * seats, locale)}
          <span className="text-muted-foreground">
            {"\u00a0· "}
            {t("billing_per_seat", { price: moneyLabel(pricePerSeatCents, locale) })}
          </span>
        </Fact>
        <Fact label={t("billing_since")}>{dateLabel(startedAt, "UTC", locale)}</Fact>
        {nextInvoiceAt !== null && (
          <Fact label={t("billing_next_invoice")}>{dateLabel(nextInvoiceAt, "UTC", locale)}</Fact>
        )}
      </dl>
    </>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-muted-foreground text-xs">{label}</dt>
      <dd className="mt-0.5 text-sm tabular-nums">{children}</dd>
    </div>
  );
}
