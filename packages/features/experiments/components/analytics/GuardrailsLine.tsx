"use client";

import { useLocale } from "@calcom/lib/i18n";
import type { StoredResult } from "../../results/types";
import { useFigures } from "./charts/useFigures";
import { guardrailsText, listOpen } from "./guardrail-words";
import { VerdictIcon } from "./VerdictIcon";
import type { VerdictTone } from "./verdict-states";
import { wordsFor } from "./words";

/** How many guardrails hold, and which do not. */
export function GuardrailsLine({ result }: { result: StoredResult }) {
  const { t } = useLocale();
  const figures = useFigures();
  const text = guardrailsText(result, wordsFor(result, t, figures));
  if (text === null) return null;
  return (
    <p className="mt-1 flex items-start gap-1.5 text-dense">
      <VerdictIcon tone={toneOf(result)} className="mt-0.5 size-3.5" />
      <span className="wrap-anywhere min-w-0">{text}</span>
    </p>
  );
}

function toneOf({ analysis, unmeasured = [] }: StoredResult): VerdictTone {
  const open = listOpen(analysis?.guardrails ?? []);
  if (open.some(({ status }) => status === "worse")) return "bad";
  if (unmeasured.some(({ role }) => role === "guardrail")) return "doubt";
  return open.length === 0 ? "good" : "open";
}
