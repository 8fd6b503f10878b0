"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Badge, Button } from "@calcom/ui";
import { useId } from "react";
import type { UnmeasuredMetric } from "../../metrics/planned";
import type { StoredResult } from "../../results/types";
import { Keyed } from "../shared/Keyed";
import { keyed } from "../shared/keys";
import { useFigures } from "./charts/useFigures";
import { isMendable } from "./guardrail-words";
import { MetricRepair } from "./MetricRepair";
import { missingRows } from "./missing-rows";
import { type Words, wordsFor } from "./words";

interface UnmeasuredMetricsProps {
  result: StoredResult;
  /** Whether the verdict stands with its guardrails, and how they are mended. */
  isCompared: boolean;
  /** Leads to what is configured; nothing where that is not beside the results. */
  onOpenSetup: (() => void) | undefined;
}

/** Each metric of the plan that has no figures: its name, why, and the way to what can be mended. */
export function UnmeasuredMetrics({ result, isCompared, onOpenSetup }: UnmeasuredMetricsProps) {
  const { t } = useLocale();
  const words = wordsFor(result, keyed(t), useFigures());
  const missing = missingRows(result);
  if (missing.length === 0) return null;
  return (
    <div className="grid gap-8">
      {missing.map((metric) => (
        <Unmeasured
          key={metric.key}
          {...{ metric, words, onOpenSetup }}
          isMendTold={isCompared && metric.role === "guardrail" && isMendable(result)}
        />
      ))}
    </div>
  );
}

interface UnmeasuredProps extends Pick<UnmeasuredMetricsProps, "onOpenSetup"> {
  metric: UnmeasuredMetric;
  isMendTold: boolean;
  words: Words;
}

function Unmeasured({ metric, isMendTold, words, onOpenSetup }: UnmeasuredProps) {
  const { key, name, role, fault } = metric;
  const { t } = words;
  const titleId = useId();
  return (
    <section aria-labelledby={titleId} className="grid min-w-0 gap-1">
      <div className="flex flex-wrap items-center gap-2">
        <h2 id={titleId} className="wrap-anywhere font-semibold text-base">
          {name}
        </h2>
        <Badge variant="muted">{t(`results_role_${role}`)}</Badge>
      </div>
      <p className="wrap-anywhere max-w-prose text-pretty text-dense">
        <Keyed>{t("results_unmeasured_row", { fault: words.faultOf(key) })}</Keyed>{" "}
        {!isMendTold && <MetricRepair metric={key} fault={fault} />}{" "}
        {onOpenSetup !== undefined && (
          <Button
            type="button"
            variant="link"
            className="ms-2 h-auto p-0 font-normal text-dense text-foreground underline"
            onClick={onOpenSetup}
          >
            {t("results_open_setup")}
          </Button>
        )}
      </p>
    </section>
  );
}
