import type { GuardrailResult } from "@calcom/statistics";
import type { StoredResult } from "../../results/types";
import type { Words } from "./words";

/** How many guardrails hold, and which do not, in the words of their rows; null where there are none. */
export function guardrailsText(
  { analysis, variants, unmeasured = [] }: Pick<StoredResult, "analysis" | "variants" | "unmeasured">,
  { t, nameOf }: Pick<Words, "t" | "nameOf">,
): string | null {
  const lost = unmeasured.filter(({ role }) => role === "guardrail");
  // One that is defined otherwise since the start has figures, which say nothing of the one that was planned.
  const guardrails = (analysis?.guardrails ?? []).filter(({ metric }) =>
    lost.every(({ key }) => key !== metric),
  );
  if (guardrails.length + lost.length === 0) return null;
  const others = listOpen(guardrails);
  const parts = others.map(({ metric, variant, status }) =>
    t(otherKeys[status], {
      what:
        variants.length > 2 ? t("results_metric_of", { metric: nameOf(metric), variant }) : nameOf(metric),
    }),
  );
  return [
    t("results_guardrails_fine", {
      fine: guardrails.length - others.length,
      count: guardrails.length + lost.length,
    }),
    ...lost.map(({ key }) => t("results_guardrail_lost", { what: nameOf(key) })),
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
