"use client";

import { useLocale } from "@calcom/lib/i18n";
import { SplitBar, VariantSwatch } from "@calcom/ui";
import { useWatch } from "react-hook-form";
import { primaryKeyOf } from "../../types/metrics";
import type { Status } from "../../types/settings";
import { audience } from "../shared/audience";
import { useFormat } from "../shared/useFormat";
import { colourPlaces } from "../shared/variant-order";
import { assignmentSentenceKeys } from "../shared/words";
import { audienceOf } from "./describe-setting";
import { FormForecast } from "./FormForecast";
import type { FormValues } from "./form-values";
import { eventOf, useMetricName } from "./metrics-port";
import { toNumber } from "./shares";
import { AudienceCounter } from "./targeting/AudienceCounter";
import { useAudienceWords } from "./targeting/useAudienceWords";

/** What the settings amount to, in words. */
export function FormSummary({ status }: { status: Status }) {
  const { t } = useLocale();
  const { percentage } = useFormat();
  const values = useWatch<FormValues>() as FormValues;
  const { teamIds, organizationIds } = values.targetingRules;
  const words = useAudienceWords([...teamIds, ...organizationIds]);
  const { trafficPercentage, variants, assignmentType, clientEvents, conversionWindowDays } = values;
  const metricName = useMetricName();
  const primary = primaryKeyOf(values);
  const traffic = toNumber(trafficPercentage);
  const places = colourPlaces(variants.map(({ isControl }) => isControl));
  const rows = variants
    .map(({ name, percentage: share }, index) => ({
      key: index,
      name: name === "" ? t("experiment_variant_number", { number: index + 1 }) : name,
      share: toNumber(share),
      place: places[index] ?? 0,
    }))
    .sort((a, b) => a.place - b.place);
  return (
    <div className="grid gap-4 text-dense">
      <div className="grid gap-1">
        <h3 className="text-muted-foreground text-xs">{t("experiment_who")}</h3>
        <p>{audience(audienceOf(values), words)}</p>
        <AudienceCounter />
        {!Number.isNaN(traffic) && traffic !== 100 && (
          <p>{t("experiment_summary_traffic", { share: percentage(traffic) })}</p>
        )}
      </div>
      <div className="grid gap-1.5">
        <h3 className="text-muted-foreground text-xs">{t("experiment_split")}</h3>
        <SplitBar
          aria-hidden
          variants={rows.map(({ key, share }) => ({
            name: String(key),
            percentage: Number.isNaN(share) ? 0 : share,
          }))}
          title=""
        />
        <ul className="grid gap-1">
          {rows.map(({ key, name, share, place }) => (
            <li key={key} className="flex items-center gap-2">
              <VariantSwatch index={place} />
              <span className="wrap-anywhere min-w-0 flex-1 font-mono text-xs">{name}</span>
              <span className="tabular-nums">{Number.isNaN(share) ? "–" : percentage(share)}</span>
            </li>
          ))}
        </ul>
        <p className="text-muted-foreground">{t(assignmentSentenceKeys[assignmentType])}</p>
      </div>
      <div className="grid gap-1">
        <h3 className="text-muted-foreground text-xs">{t("experiment_measurement")}</h3>
        <p className="wrap-anywhere">
          {t("start_check_metric", { name: primary === null ? t("form_none") : metricName(primary) })}
        </p>
        {clientEvents.length > 0 && (
          <p className="wrap-anywhere">
            <EventsText
              // The line above has named it.
              events={clientEvents.filter((event) => primary === null || event !== eventOf(primary))}
              days={toNumber(conversionWindowDays)}
            />
          </p>
        )}
      </div>
      <FormForecast status={status} />
    </div>
  );
}

function EventsText({ events, days }: { events: readonly string[]; days: number }) {
  const { t } = useLocale();
  const { list } = useFormat();
  const names = list([...events]);
  if (events.length === 0) return Number.isNaN(days) ? null : t("experiment_summary_window", { count: days });
  return Number.isNaN(days) ? names : t("experiment_summary_events", { events: names, count: days });
}
