"use client";

import { useLocale } from "@calcom/lib/i18n";
import type { Sentence } from "@calcom/lib/sentence";
import { isMendedByTime } from "@calcom/statistics/minimum";
import type { StoredResult } from "../../results/types";
import { Keyed } from "../shared/Keyed";
import { keyed } from "../shared/keys";
import { useFigures } from "./charts/useFigures";
import { guardrailsText, isMendable, listOpen, lostGuardrails, toldGuardrail } from "./guardrail-words";
import { MetricRepair } from "./MetricRepair";
import { isRepairable } from "./repair-words";
import { VerdictIcon } from "./VerdictIcon";
import type { VerdictTone } from "./verdict-states";
import { wordsFor } from "./words";

/** Whether guardrails hold, which do not, and of those without figures how they get some: all that the verdict has not said. */
export function GuardrailsLine({ result }: { result: StoredResult }) {
  const { t } = useLocale();
  const figures = useFigures();
  const words = wordsFor(result, keyed(t), figures);
  const text = guardrailsText(result, words);
  const repairs = withoutFigures(result).map(({ metric, fault }) => (
    <p key={metric} className="wrap-anywhere max-w-prose text-pretty text-muted-foreground empty:hidden">
      {/* Where nothing else stands here, the verdict has just named it. */}
      {text !== null && `${words.nameOf(metric)}: `}
      <MetricRepair metric={metric} fault={fault} isSaid={isRepairSaid(metric, result)} />
    </p>
  ));
  if (text === null)
    return repairs.length === 0 ? null : <div className="grid gap-1 text-dense">{repairs}</div>;
  return (
    <div className="mt-1 flex items-start gap-1.5 text-dense">
      <VerdictIcon tone={toneOf(result)} className="mt-0.5 size-3.5" />
      <div className="grid min-w-0 gap-1">
        <p className="wrap-anywhere">
          <Keyed>{text}</Keyed>
        </p>
        {repairs}
      </div>
    </div>
  );
}

/** The verdict says of a guardrail that time does not mend what to check. */
function isRepairSaid(metric: string, result: StoredResult): boolean {
  const told = toldGuardrail(result);
  return told?.metric === metric && told.reason !== null && !isMendedByTime(told.reason);
}

function withoutFigures(result: StoredResult): { metric: string; fault: Sentence | null }[] {
  const { analysis } = result;
  if (!isMendable(result)) return [];
  const lost = lostGuardrails(result).map(({ key, fault }) => ({ metric: key, fault }));
  const empty = (analysis?.metrics ?? []).flatMap(({ metric, comparisons }) => {
    if (metric.role !== "guardrail" || lost.some((one) => one.metric === metric.id)) return [];
    return comparisons.some((one) => one.status === "withheld" && isRepairable(one.reason))
      ? [{ metric: metric.id, fault: null }]
      : [];
  });
  return [...lost, ...empty];
}

function toneOf(result: StoredResult): VerdictTone {
  const open = listOpen(result.analysis?.guardrails ?? []);
  if (open.some(({ status }) => status === "worse")) return "bad";
  if (lostGuardrails(result).length > 0) return "doubt";
  return open.length === 0 ? "good" : "open";
}
