"use client";

import { useLocale } from "@calcom/lib/i18n";
import type { GuardrailResult } from "@calcom/statistics";
import type { StoredResult } from "../../results/types";
import { useFigures } from "./charts/useFigures";
import { guardrailsText, listOpen } from "./guardrail-words";
import { VerdictIcon } from "./VerdictIcon";
import type { VerdictTone } from "./verdict-words";
import { wordsFor } from "./words";

/** How many guardrails hold, and which do not. */
export function GuardrailsLine({ result }: { result: StoredResult }) {
  const { t } = useLocale();
  const figures = useFigures();
  const text = guardrailsText(result, wordsFor(result, t, figures));
  if (text === null) return null;
  return (
    <p className="mt-1 flex items-start gap-1.5 text-dense">
      <VerdictIcon tone={toneOf(result.analysis?.guardrails ?? [])} className="mt-0.5 size-3.5" />
      <span className="wrap-anywhere min-w-0">{text}</span>
    </p>
  );
}

function toneOf(guardrails: readonly GuardrailResult[]): VerdictTone {
  const open = listOpen(guardrails);
  if (open.length === 0) return "good";
  return open.some(({ status }) => status === "worse") ? "bad" : "open";
}
