"use client";

import { useLocale } from "@calcom/lib/i18n";
import { DAY_MS } from "@calcom/lib/time";
import { Button, ErrorState, Input, Label, Section, Skeleton } from "@calcom/ui";
import { useId } from "react";
import type { RangeView } from "../../results/range-types";
import { RangeTable } from "./RangeTable";

export type RangeState =
  | { status: "loading" }
  | { status: "error"; message: string; onRetry: () => void }
  | { status: "ready"; view: RangeView | null };

/** Days of which the page describes the results. */
export interface RangePort {
  /** Days such as "2026-11-23", in UTC; empty for no bound. */
  from: string;
  to: string;
  onChange: (range: { from: string; to: string }) => void;
  /** Of today, in UTC. */
  today: string;
  state: RangeState;
}

const PRESETS = [7, 30];

/** What participants brought who came within some days. It describes, and nothing of it decides. */
export function RangeSection({ from, to, onChange, today, state }: RangePort) {
  const { t } = useLocale();
  const id = useId();
  const isChosen = from !== "" || to !== "";
  const isReversed = from !== "" && to !== "" && from > to;
  const value = { from, to };
  return (
    <Section title={t("results_range")} description={t("results_range_text")}>
      <div className="flex flex-wrap items-end gap-2">
        {(["from", "to"] as const).map((bound) => (
          <div key={bound} className="flex items-center gap-1.5 max-sm:w-full">
            <Label htmlFor={`${id}-${bound}`} className="font-normal text-muted-foreground max-sm:min-w-10">
              {t(bound === "from" ? "activity_from" : "activity_to")}
            </Label>
            <Input
              id={`${id}-${bound}`}
              type="date"
              className="w-auto max-sm:flex-1"
              value={value[bound]}
              aria-invalid={isReversed && bound === "to"}
              aria-describedby={isReversed && bound === "to" ? `${id}-order ${id}-zone` : `${id}-zone`}
              onChange={(event) => onChange({ ...value, [bound]: event.target.value })}
            />
          </div>
        ))}
        {PRESETS.map((days) => (
          <Button
            key={days}
            variant="outline"
            size="sm"
            onClick={() => onChange({ from: dayBefore(today, days - 1), to: today })}
          >
            {t("results_range_last", { count: days })}
          </Button>
        ))}
        {isChosen && (
          <Button variant="ghost" size="sm" onClick={() => onChange({ from: "", to: "" })}>
            {t("results_range_clear")}
          </Button>
        )}
        <p id={`${id}-zone`} className="py-1.5 text-muted-foreground text-xs">
          {t("results_range_days_zone")}
        </p>
      </div>
      {isReversed ? (
        <p id={`${id}-order`} role="alert" className="text-dense text-destructive">
          {t("results_range_order")}
        </p>
      ) : (
        isChosen && <RangeAnswer state={state} />
      )}
    </Section>
  );
}

function RangeAnswer({ state }: { state: RangeState }) {
  const { t } = useLocale();
  if (state.status === "loading") return <Skeleton className="h-28 w-full" />;
  if (state.status === "error")
    return (
      <ErrorState
        title={t("results_could_not_be_loaded")}
        description={state.message}
        onRetry={state.onRetry}
        retryLabel={t("try_again")}
      />
    );
  if (state.view === null || state.view.first === null)
    return <p className="text-dense text-muted-foreground">{t("results_range_nothing")}</p>;
  return <RangeTable view={state.view} />;
}

function dayBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * DAY_MS).toISOString().slice(0, 10);
}
