"use client";

import { MAX_SEATS } from "@calcom/features/billing";
import { useLocale } from "@calcom/lib/i18n";
import type { ReactNode } from "react";
import { moneyLabel } from "./money";

/** What the order comes to; a dash while the seats are no number. */
export function OrderSummary({
  seats,
  pricePerSeatCents,
  children,
}: {
  seats: number;
  pricePerSeatCents: number;
  children: ReactNode;
}) {
  const { t, locale } = useLocale();
  const isCountable = Number.isInteger(seats) && seats >= 1 && seats <= MAX_SEATS;
  return (
    <aside aria-label={t("billing_summary")} className="rounded-lg border">
      <dl className="flex flex-col gap-2 px-4 py-3 text-sm">
        <Line label={t("plan_teams")}>
          {t("billing_per_seat", { price: moneyLabel(pricePerSeatCents, locale) })}
        </Line>
        <Line label={t("billing_seats")}>{isCountable ? seats : "–"}</Line>
        <div className="flex justify-between gap-4 border-t pt-2 font-medium">
          <dt>{t("billing_per_month")}</dt>
          <dd aria-live="polite" className="tabular-nums">
            {isCountable ? moneyLabel(seats * pricePerSeatCents, locale) : "–"}
          </dd>
        </div>
      </dl>
      <div className="flex flex-col gap-2 border-t px-4 py-3">{children}</div>
    </aside>
  );
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex justify-between gap-4 text-muted-foreground">
      <dt>{label}</dt>
      <dd className="tabular-nums">{children}</dd>
    </div>
  );
}
