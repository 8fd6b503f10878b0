"use client";

import { useLocale } from "@calcom/lib/i18n";
import { cn } from "@calcom/ui";
import type { ExperimentSummary, VerdictEffect } from "../../types/admin";
import type { Health, VerdictWord } from "../../types/health";
import type { Status } from "../../types/settings";
import { type Figures, useFigures } from "../analytics/charts/useFigures";
import { VerdictIcon } from "../analytics/VerdictIcon";
import { verdictKeys, verdictTones } from "../analytics/verdict-states";
import { useMetricName } from "../form/metrics-port";
import { intervalText } from "../shared/interval";
import { useFormat } from "../shared/useFormat";
import { stateOfVerdict, waitingText } from "./health-words";

interface VerdictLineProps {
  health: Health;
  effect: VerdictEffect | null;
  status: Status;
  metric: ExperimentSummary["verdictMetric"];
}

/** What stands below the verdict begins where its words do, beside its icon. */
export const VERDICT_INDENT = "ps-5.5";

/** The verdict in a word, with the size of what it names, and how long it still takes. */
export function VerdictLine({ health, effect, status, metric }: VerdictLineProps) {
  const { t } = useLocale();
  const { all, count } = useFormat();
  const figures = useFigures();
  const { verdict, harmed } = health;
  const waiting = waitingText(health, status, { t, count });
  const lift = effect === null || effect.lift === null ? null : figures.lift(effect.lift);
  return (
    <div className="min-w-0">
      <p className={cn("flex gap-1.5", verdict === null && VERDICT_INDENT)}>
        {verdict !== null && <VerdictIcon tone={verdictTones[verdict]} className="mt-0.5 size-4" />}
        <span className="tabular-nums">
          {stateOfVerdict(verdict === null ? "health_verdict_none" : verdictKeys[verdict], lift, t)}
        </span>
      </p>
      <div className={VERDICT_INDENT}>
        {metric !== null && verdict !== null && !NOT_ABOUT_IT.has(verdict) && <NamedMetric metric={metric} />}
        {effect !== null && <NamedVariant effect={effect} figures={figures} />}
        {verdict === "harmed" && harmed.length > 0 && (
          <p className="wrap-anywhere text-muted-foreground text-xs">{all(harmed)}</p>
        )}
        {waiting !== null && <p className="text-muted-foreground text-xs">{waiting}</p>}
      </div>
    </div>
  );
}

/** About guardrails, or the lack of a metric. */
const NOT_ABOUT_IT = new Set<VerdictWord>(["harmed", "unguarded", "no_metric"]);

function NamedMetric({ metric }: { metric: { key: string; name: string } }) {
  const { t } = useLocale();
  const known = useMetricName()(metric.key);
  const name = known === metric.key ? metric.name : known;
  return (
    // Above the link that is stretched over the row, for its title.
    <p title={name} className="relative w-fit max-w-full truncate text-muted-foreground text-xs lg:max-w-56">
      <span className="sr-only">{t("metrics_primary")}: </span>
      {name}
    </p>
  );
}

/** Its name gives way to the figures, and is whole on hover. */
function NamedVariant({ effect, figures }: { effect: VerdictEffect; figures: Figures }) {
  const { t } = useLocale();
  const { variant, low, high, others } = effect;
  return (
    // Above the link that is stretched over the row, for its title.
    <p title={variant} className="relative flex w-fit max-w-full gap-1 text-muted-foreground text-xs">
      <span className="truncate">{variant}</span>
      {low !== null && high !== null && (
        <span className="shrink-0 whitespace-nowrap tabular-nums">
          {intervalText({ low, high }, figures.lift, t)}
        </span>
      )}
      {others > 0 && (
        <span className="shrink-0 whitespace-nowrap">
          {t("health_effect_others", { formatted: figures.count(others) })}
        </span>
      )}
    </p>
  );
}
