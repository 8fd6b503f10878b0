"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button, Input } from "@calcom/ui";
import { XIcon } from "lucide-react";
import { operatorsOf } from "../../metrics/filter-operators";
import type { FilterOperator } from "../../types/metric-catalog";
import type { OfferedSource } from "../../types/metric-views";
import { Choice } from "./Choice";
import type { TermValues } from "./metric-form-model";
import { operatorKeys } from "./metric-words";
import { startFilter } from "./start-filter";

interface FilterRowProps {
  /** Its place, from 1 on. */
  number: number;
  source: OfferedSource;
  value: TermValues["filters"][number];
  error: string | undefined;
  onChange: (part: Partial<TermValues["filters"][number]>) => void;
  onRemove: () => void;
}

/** One condition on the rows of a source: a name that code offers, an operator, and a constant of its type. */
export function FilterRow({ number, source, value, error, onChange, onRemove }: FilterRowProps) {
  const { t } = useLocale();
  const offered = source.filters.find(({ key }) => key === value.filter);
  const type = offered?.type ?? "text";
  return (
    <div className="grid gap-1">
      <fieldset
        aria-label={t("metric_filter_number", { number })}
        className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] gap-2 sm:grid-cols-[minmax(0,1fr)_11rem_minmax(0,1fr)_auto]"
      >
        <Choice
          label={t("metric_filter")}
          value={value.filter}
          onChange={(filter) => onChange(startFilter(source, filter))}
          options={source.filters.map(({ key, name }) => ({ value: key, label: name }))}
        />
        <Choice
          label={t("metric_operator")}
          className="max-sm:col-span-2"
          value={value.operator}
          onChange={(operator) => onChange({ operator: operator as FilterOperator })}
          options={operatorsOf(type).map((operator) => ({
            value: operator,
            label: t(operatorKeys[operator]),
          }))}
        />
        {type === "boolean" ? (
          <Choice
            label={t("metric_constant")}
            className="max-sm:col-span-2"
            value={value.constant}
            onChange={(constant) => onChange({ constant })}
            options={[
              { value: "true", label: t("metric_true") },
              { value: "false", label: t("metric_false") },
            ]}
          />
        ) : (
          <Input
            aria-label={t("metric_constant")}
            className="max-sm:col-span-2"
            aria-invalid={error !== undefined}
            value={value.constant}
            inputMode={type === "number" ? "decimal" : "text"}
            autoComplete="off"
            onChange={(event) => onChange({ constant: event.target.value })}
          />
        )}
        <Button
          type="button"
          variant="ghost"
          size="icon"
          aria-label={t("metric_filter_remove", { number })}
          onClick={onRemove}
        >
          <XIcon />
        </Button>
      </fieldset>
      {error !== undefined && (
        <p role="alert" className="text-dense text-destructive">
          {error}
        </p>
      )}
    </div>
  );
}
