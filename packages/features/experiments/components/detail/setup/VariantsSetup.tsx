"use client";

import { useLocale } from "@calcom/lib/i18n";
import { SplitBar, VariantSwatch } from "@calcom/ui";
import type { ExperimentConfig } from "../../../types/config";
import { ControlNote } from "../../shared/ControlNote";
import { useFormat } from "../../shared/useFormat";
import { controlFirst } from "../../shared/variant-order";
import { Muted } from "./SetupRow";

export function VariantsSetup({ config }: { config: ExperimentConfig }) {
  const { t } = useLocale();
  const { percentage } = useFormat();
  const variants = controlFirst(config.variants, config.control);
  if (variants.length === 0) return <Muted>{t("experiment_no_variants")}</Muted>;
  return (
    <div className="grid max-w-md gap-2">
      <SplitBar label={t("experiment_split")} variants={variants} formatPercentage={percentage} />
      <ul className="grid gap-1">
        {variants.map(({ name, percentage: share, payload }, place) => (
          <li key={name} className="grid gap-1">
            <span className="flex items-center gap-2">
              <VariantSwatch index={place} />
              <span className="wrap-anywhere min-w-0 flex-1 font-mono text-xs">
                {name} <ControlNote name={name} control={config.control} />
              </span>
              <span className="tabular-nums">{percentage(share)}</span>
            </span>
            {payload !== undefined && (
              <pre className="ml-4.5 overflow-x-auto rounded-md bg-muted px-2 py-1.5 font-mono text-xs">
                {JSON.stringify(payload, null, 2)}
              </pre>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
