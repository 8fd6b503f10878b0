"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button } from "@calcom/ui";
import { PlusIcon } from "lucide-react";
import { useRef } from "react";
import type { OfferedSource } from "../../types/metric-views";
import { FilterRow } from "./FilterRow";
import type { TermValues } from "./metric-form-model";
import { startFilter } from "./start-filter";

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
  return (
    <div className="grid gap-2">
      {value.map((row, index) => (
        <FilterRow
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own, and are removed by their place
          key={index}
          number={index + 1}
          source={source}
          value={row}
          error={errors(index)}
          onChange={(part) => onChange(value.map((one, at) => (at === index ? { ...one, ...part } : one)))}
          onRemove={() => {
            onChange(value.filter((_, at) => at !== index));
            // The last row's button is gone with it, and the others have moved up.
            requestAnimationFrame(() => add.current?.focus());
          }}
        />
      ))}
      {value.length < MOST && (
        <Button
          ref={add}
          type="button"
          variant="outline"
          size="sm"
          className="w-fit"
          onClick={() => onChange([...value, startFilter(source, first.key)])}
        >
          <PlusIcon />
          {t("metric_filter_add")}
        </Button>
      )}
    </div>
  );
}
