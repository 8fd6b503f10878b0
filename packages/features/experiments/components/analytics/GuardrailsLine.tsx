"use client";

import { useLocale } from "@calcom/lib/i18n";
import type { GuardrailResult } from "@calcom/statistics";
import type { StoredResult } from "../../results/types";
import { useFigures } from "./charts/useFigures";
import { VerdictIcon } from "./VerdictIcon";
import type { VerdictTone } from "./verdict-words";
import { wordsFor } from "./words";

/** How many guardrails hold, and which do not, in the words of their rows. */
export function GuardrailsLine({ result }: { result: StoredResult }) {
  const { t } = useLocale();
  const figures = useFigures();
  const { nameOf } = wordsFor(result, t, figures);
  const guardrails = result.analysis?.guardrails ?? [];
  if (guardrails.length === 0) return null;
  const others = guardrails.flatMap(({ status, ...row }) => (status === "fine" ? [] : [{ ...row, status }]));
  const hasSeveral = result.variants.length > 2;
  const parts = others.map(({ metric, variant, status }) =>
    t(otherKeys[status], {
      what: hasSeveral ? t("results_metric_of", { metric: nameOf(metric), variant }) : nameOf(metric),
    }),
  );
  return (
    <p className="mt-1 flex items-start gap-1.5 text-dense">
      <VerdictIcon tone={toneOf(others)} className="mt-0.5 size-3.5" />
      <span className="wrap-anywhere min-w-0">
        {[
          t("results_guardrails_fine", {
            fine: guardrails.length - others.length,
            count: guardrails.length,
          }),
          ...parts,
        ].join(" · ")}
      </span>
    </p>
  );
}

const otherKeys = {
  worse: "results_guardrail_is_worse",
  unclear: "results_guardrail_unclear",
  withheld: "results_guardrail_withheld",
};

function toneOf(others: readonly Pick<GuardrailResult, "status">[]): VerdictTone {
  if (others.length === 0) return "good";
  return others.some(({ status }) => status === "worse") ? "bad" : "open";
}
