"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button, Input } from "@calcom/ui";
import { PlusIcon, XIcon } from "lucide-react";
import { useRef } from "react";
import { operatorsOf } from "../../metrics/filter-operators";
import type { FilterOperator } from "../../types/metric-catalog";
import type { OfferedSource } from "../../types/metric-views";
import { Choice } from "./Choice";
import type { TermValues } from "./metric-form-model";
import { operatorKeys } from "./metric-words";

interface FilterRowsProps {
  source: OfferedSource;
  value: TermValues["filters"];
  onChange: (filters: TermValues["filters"]) => void;
  /** By the place of the row. */
  errors: (index: number) => string | undefined;
}

const MOST = 10;

/** Which rows of the source count: names that code offers, with typed constants. */
export function FilterRows({ source, value, onChange, errors }: FilterRowsProps) {
  const { t } = useLocale();
  const add = useRef<HTMLButtonElement>(null);
  const [first] = source.filters;
  if (first === undefined) return null;
  const change = (index: number, part: Partial<TermValues["filters"][number]>) =>
    onChange(value.map((row, at) => (at === index ? { ...row, ...part } : row)));
  return (
    <div className="grid gap-2">
      {value.map((row, index) => {
        const offered = source.filters.find(({ key }) => key === row.filter);
        const type = offered?.type ?? "text";
        const error = errors(index);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own, and are removed by their place
          <div key={index} className="grid gap-1">
            <fieldset
              aria-label={t("metric_filter_number", { number: index + 1 })}
              className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] gap-2 sm:grid-cols-[minmax(0,1fr)_11rem_minmax(0,1fr)_auto]"
            >
              <Choice
                label={t("metric_filter")}
                value={row.filter}
                onChange={(filter) => change(index, startOf(source, filter))}
                options={source.filters.map(({ key, name }) => ({ value: key, label: name }))}
              />
              <Choice
                label={t("metric_operator")}
                className="max-sm:col-span-2"
                value={row.operator}
                onChange={(operator) => change(index, { operator: operator as FilterOperator })}
                options={operatorsOf(type).map((operator) => ({
                  value: operator,
                  label: t(operatorKeys[operator]),
                }))}
              />
              {type === "boolean" ? (
                <Choice
                  label={t("metric_constant")}
                  className="max-sm:col-span-2"
                  value={row.constant}
                  onChange={(constant) => change(index, { constant })}
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
                  value={row.constant}
                  inputMode={type === "number" ? "decimal" : "text"}
                  autoComplete="off"
                  onChange={(event) => change(index, { constant: event.target.value })}
                />
              )}
              <Button
                type="button"
                variant="ghost"
                size="icon"
                aria-label={t("metric_filter_remove", { number: index + 1 })}
                onClick={() => {
                  onChange(value.filter((_, at) => at !== index));
                  // The last row's button is gone with it, and the others have moved up.
                  requestAnimationFrame(() => add.current?.focus());
                }}
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
      })}
      {value.length < MOST && (
        <Button
          ref={add}
          type="button"
          variant="outline"
          size="sm"
          className="w-fit"
          onClick={() => onChange([...value, startOf(source, first.key)])}
        >
          <PlusIcon />
          {t("metric_filter_add")}
        </Button>
      )}
    </div>
  );
}

/** A filter as it begins: another one takes other constants. */
function startOf(source: OfferedSource, filter: string): TermValues["filters"][number] {
  const type = source.filters.find(({ key }) => key === filter)?.type;
  return { filter, operator: "is", constant: type === "boolean" ? "true" : "" };
}
