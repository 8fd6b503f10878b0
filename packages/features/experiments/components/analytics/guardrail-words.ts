import type { GuardrailResult } from "@calcom/statistics";
import type { StoredResult } from "../../results/types";
import type { Words } from "./words";

/** How many guardrails hold, and which do not, in the words of their rows; null where there are none. */
export function guardrailsText(
  { analysis, variants }: Pick<StoredResult, "analysis" | "variants">,
  { t, nameOf }: Pick<Words, "t" | "nameOf">,
): string | null {
  const guardrails = analysis?.guardrails ?? [];
  if (guardrails.length === 0) return null;
  const others = listOpen(guardrails);
  const parts = others.map(({ metric, variant, status }) =>
    t(otherKeys[status], {
      what:
        variants.length > 2 ? t("results_metric_of", { metric: nameOf(metric), variant }) : nameOf(metric),
    }),
  );
  return [
    t("results_guardrails_fine", { fine: guardrails.length - others.length, count: guardrails.length }),
    ...parts,
  ].join(" · ");
}

type Open = GuardrailResult & { status: Exclude<GuardrailResult["status"], "fine"> };

/** Those that do not hold, or not yet. */
export function listOpen(guardrails: readonly GuardrailResult[]): Open[] {
  return guardrails.flatMap(({ status, ...row }) => (status === "fine" ? [] : [{ ...row, status }]));
}

const otherKeys: Record<Open["status"], string> = {
  worse: "results_guardrail_is_worse",
  unclear: "results_guardrail_unclear",
  withheld: "results_guardrail_withheld",
};
