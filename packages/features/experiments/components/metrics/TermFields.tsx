"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Field, Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@calcom/ui";
import { useId } from "react";
import type { OfferedSource } from "../../types/metric-views";
import { TokensInput } from "../form/TokensInput";
import { FilterRows } from "./FilterRows";
import { EVENT_VALUE, EVENTS, type TermValues } from "./metric-form-model";

// No column has a space in its name.
const ROWS = "count rows";

interface TermFieldsProps {
  /** What it is of the metric. */
  label: string;
  value: TermValues;
  onChange: (term: TermValues) => void;
  sources: readonly OfferedSource[];
  /** Whether it may sum a value; otherwise it asks whether anything happened. */
  takesValue: boolean;
  /** By what stands behind the path of the term. */
  errorAt: (path: string) => string | undefined;
}

/** What is counted: recorded events, or rows of a source. */
export function TermFields({ label, value, onChange, sources, takesValue, errorAt }: TermFieldsProps) {
  const { t } = useLocale();
  const id = useId();
  const source = sources.find(({ key }) => key === value.from);
  const values =
    value.from === EVENTS ? [{ key: EVENT_VALUE, name: t("metric_event_value") }] : (source?.values ?? []);
  return (
    <div className="grid gap-6">
      <Field label={label} htmlFor={`${id}-from`} error={errorAt("source") ?? errorAt("")}>
        <Select
          value={value.from}
          onValueChange={(from) => onChange({ from, events: value.events, value: "", filters: [] })}
        >
          <SelectTrigger id={`${id}-from`} className="w-full sm:w-80">
            <SelectValue placeholder={value.from} />
          </SelectTrigger>
          <SelectContent>
            <SelectItem value={EVENTS}>{t("metric_from_events")}</SelectItem>
            {sources.map(({ key, name }) => (
              <SelectItem key={key} value={key}>
                {name}
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
      </Field>
      {value.from === EVENTS && (
        <Field
          label={t("metric_events")}
          htmlFor={`${id}-events`}
          hint={t("metric_events_hint")}
          error={errorAt("events") ?? errorAt("events.0")}
          required
        >
          <TokensInput
            value={value.events}
            onChange={(events) => onChange({ ...value, events })}
            placeholder="billing_button_clicked"
          />
        </Field>
      )}
      {takesValue && values.length > 0 && (
        <Field label={t("metric_value")} htmlFor={`${id}-value`} error={errorAt("value")}>
          <Select
            value={value.value === "" ? ROWS : value.value}
            onValueChange={(next) => onChange({ ...value, value: next === ROWS ? "" : next })}
          >
            <SelectTrigger id={`${id}-value`} className="w-full sm:w-80">
              <SelectValue placeholder={value.value} />
            </SelectTrigger>
            <SelectContent>
              <SelectItem value={ROWS}>{t("metric_count")}</SelectItem>
              {values.map(({ key, name }) => (
                <SelectItem key={key} value={key}>
                  {t("metric_sum_of", { value: name })}
                </SelectItem>
              ))}
            </SelectContent>
          </Select>
        </Field>
      )}
      {source !== undefined && (
        <FilterRows
          source={source}
          value={value.filters}
          onChange={(filters) => onChange({ ...value, filters })}
          errors={(index) => errorAt(`filters.${index}.constant`) ?? errorAt(`filters.${index}.filter`)}
        />
      )}
    </div>
  );
}
