"use client";

import type { Prices } from "@calcom/features/billing";
import { useLocale } from "@calcom/lib/i18n";
import { cn } from "@calcom/ui";
import { CheckIcon } from "lucide-react";
import { PlanLink } from "./PlanLink";
import { type PlanColumn, planColumns, planFeatures } from "./plan-features";

/** Side by side where there is room, one plan under the other where there is not. */
export function PricingTable({ prices }: { prices: Prices }) {
  const { t } = useLocale();
  return (
    <>
      <table className="hidden w-full table-fixed border-collapse text-sm md:table">
        <caption className="sr-only">{t("pricing_caption")}</caption>
        <thead>
          <tr className="border-b align-top">
            <td className="w-[28%]" />
            {planColumns.map((plan) => (
              <th
                key={plan}
                scope="col"
                className={cn("px-5 pt-5 pb-6 text-left font-normal", plan === "teams" && "bg-subtle")}
              >
                <PlanHead plan={plan} prices={prices} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {planFeatures.map(({ name, extents }) => (
            <tr key={name} className="border-b align-baseline">
              <th scope="row" className="py-3 pr-4 text-left font-normal text-muted-foreground">
                {t(name)}
              </th>
              {planColumns.map((plan) => (
                <td key={plan} className={cn("px-5 py-3", plan === "teams" && "bg-subtle")}>
                  <Extent value={extents[plan]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>

      <div className="divide-y border-y md:hidden">
        {planColumns.map((plan) => (
          <section key={plan} aria-label={t(`plan_${plan}`)} className="py-6">
            <PlanHead plan={plan} prices={prices} />
            <ul className="mt-5 grid gap-2 text-sm">
              {planFeatures.map(
                ({ name, extents }) =>
                  extents[plan] !== false && (
                    <li key={name} className="grid grid-cols-[minmax(0,1fr)_6.5rem] items-baseline gap-4">
                      <span className="text-muted-foreground">{t(name)}</span>
                      <span>
                        <Extent value={extents[plan]} />
                      </span>
                    </li>
                  ),
              )}
            </ul>
          </section>
        ))}
      </div>
    </>
  );
}

function PlanHead({ plan, prices }: { plan: PlanColumn; prices: Prices }) {
  const { t, locale } = useLocale();
  const price = plan === "organization" ? null : prices[plan];
  return (
    <div className="flex h-full flex-col items-start">
      <p className="font-medium text-sm">{t(`plan_${plan}`)}</p>
      <p className="mt-2 flex h-8 items-baseline gap-1.5">
        {/* As wide for every price, so that what stands beside it begins at one place. */}
        <span
          className={cn(
            "font-semibold text-2xl tabular-nums tracking-tight",
            price !== null && "min-w-[3ch]",
          )}
          data-testid={`price-${plan}`}
        >
          {price === null
            ? t("pricing_by_agreement")
            : new Intl.NumberFormat(locale, {
                style: "currency",
                currency: "USD",
                minimumFractionDigits: 0,
              }).format(price)}
        </span>
        {price !== null && (
          <span className="text-dense text-muted-foreground">{t(`pricing_period_${plan}`)}</span>
        )}
      </p>
      <p className="mt-2 mb-4 max-w-[32ch] md:min-h-10 text-pretty text-dense text-muted-foreground">
        {t(`pricing_for_${plan}`)}
      </p>
      <PlanLink plan={plan} />
    </div>
  );
}

function Extent({ value }: { value: boolean | string }) {
  const { t } = useLocale();
  if (typeof value === "string") return <span className="tabular-nums">{t(value)}</span>;
  if (!value) {
    return (
      <>
        <span aria-hidden className="text-muted-foreground">
          –
        </span>
        <span className="sr-only">{t("pricing_not_included")}</span>
      </>
    );
  }
  return (
    <>
      <CheckIcon aria-hidden className="size-4 shrink-0 inline-block align-[-0.15em] text-success" />
      <span className="sr-only">{t("pricing_included")}</span>
    </>
  );
}
