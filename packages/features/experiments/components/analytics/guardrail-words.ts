import type { GuardrailResult } from "@calcom/statistics";
import { findUnguarded, type Uncompared } from "@calcom/statistics/guardrails";
import { isMendedByTime } from "@calcom/statistics/minimum";
import type { UnmeasuredMetric } from "../../metrics/planned";
import type { StoredResult } from "../../results/types";
import { isOver } from "../../results/withholding";
import { reasonText } from "./reason-words";
import { repairText } from "./repair-words";
import type { Words } from "./words";

type Stored = Pick<StoredResult, "analysis" | "variants" | "unmeasured">;

/**
 * Whether guardrails hold, and which do not, in the words of their rows; null where there are none, and where the verdict
 * has said all of it.
 */
export function guardrailsText(
  result: Stored,
  words: Pick<Words, "t" | "figures" | "nameOf">,
): string | null {
  const { t, figures, nameOf } = words;
  const lost = lostGuardrails(result);
  // One that is defined otherwise since the start has figures, which say nothing of the one that was planned.
  const guardrails = (result.analysis?.guardrails ?? []).filter(({ metric }) =>
    lost.every(({ key }) => key !== metric),
  );
  const others = listOpen(guardrails);
  const metrics = [...new Set(guardrails.map(({ metric }) => metric))];
  const fine = metrics.filter((metric) => others.every((one) => one.metric !== metric));
  const all = metrics.length + lost.length;
  if (all === 0) return null;
  const isOne = all === 1 && lost.length + others.length === 1;
  if (isOne && toldGuardrail(result)?.metric === (lost[0]?.key ?? others[0]?.metric)) return null;
  const open = [
    ...lost.map(({ key }) => t("results_guardrail_lost", { what: nameOf(key) })),
    ...others.map(({ status, ...row }) =>
      t(otherKeys[status], { what: nameGuardrail(row, result.variants, { t, nameOf }) }),
    ),
  ];
  if (all === 1 || fine.length === 0) {
    const what =
      open.length > 0 ? open.join(" · ") : t("results_guardrail_is_fine", { what: fine.map(nameOf).join() });
    return t(all === 1 ? "results_guardrail_one" : "results_guardrails_none_fine", { what });
  }
  const count = { fine: figures.count(fine.length), all: figures.count(all) };
  return [
    t(fine.length === all ? "results_guardrails_all_fine" : "results_guardrails_some_fine", count),
    ...open,
  ].join(" · ");
}

/** The guardrail that the verdict names, and why it is not compared, where it is that. */
export function toldGuardrail({ analysis, unmeasured = [] }: Stored): Told | null {
  const verdict = analysis?.verdict;
  switch (verdict?.code) {
    case "guardrail_worse":
      return { metric: verdict.effect.metric, reason: null };
    case "no_answer": {
      const { reason } = verdict;
      if (reason.code === "guardrail_not_compared") return reason;
      return reason.code === "not_measured" && reason.role === "guardrail"
        ? { metric: reason.metric, reason: null }
        : null;
    }
    case "better":
    case "worse": {
      const [first] = lostGuardrails({ unmeasured });
      if (first !== undefined) return { metric: first.key, reason: null };
      const open = findUnguarded(
        { metrics: analysis?.metrics ?? [] },
        verdict.effects.map(({ variant }) => variant),
      );
      return open?.code === "guardrail_not_compared" ? open : null;
    }
    default:
      return null;
  }
}

interface Told {
  metric: string;
  reason: Uncompared["reason"] | null;
}

/** Guardrails of the plan that are not measured as they were planned. */
export function lostGuardrails({ unmeasured = [] }: Pick<StoredResult, "unmeasured">): UnmeasuredMetric[] {
  return unmeasured.filter(({ role }) => role === "guardrail");
}

/** What comes after the end changes nothing. */
export function isMendable(result: Pick<StoredResult, "analysis" | "status" | "endedAt">): boolean {
  return !(isOver(result) || result.analysis?.isFinal);
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

/** The metric, and the variant where there are several. */
function nameGuardrail(
  { metric, variant }: Pick<GuardrailResult, "metric" | "variant">,
  variants: readonly string[],
  { t, nameOf }: Pick<Words, "t" | "nameOf">,
): string {
  return variants.length > 2 ? t("results_metric_of", { metric: nameOf(metric), variant }) : nameOf(metric);
}

/**
 * Why a guardrail of the plan says nothing of one of these variants; null where each one does. Results of before it was told
 * do not say which of their unknown metrics are guardrails.
 */
export function unguardedText(result: StoredResult, named: readonly string[], words: Words): string | null {
  const { analysis, unmeasured, unknownMetrics } = result;
  const lost = unmeasured?.flatMap(({ key, role }) => (role === "guardrail" ? [key] : [])) ?? unknownMetrics;
  const [first] = lost;
  if (first !== undefined)
    return words.t("results_reason_guardrail_not_measured", {
      metric: lost.map(words.nameOf).join(", "),
      fault: words.faultOf(first),
    });
  const open = findUnguarded({ metrics: analysis?.metrics ?? [] }, named);
  return open?.code === "guardrail_not_compared" ? uncomparedText(open, result, words) : null;
}

/** Why a guardrail is not compared, whether waiting helps, and how to go on without it. */
export function uncomparedText(open: Uncompared, result: StoredResult, words: Words): string {
  const { t } = words;
  const why = t("results_reason_guardrail_not_compared", {
    metric: nameGuardrail(open, result.variants, words),
    reason: reasonText(open.reason, words),
  });
  if (!isMendable(result)) return `${why} ${t("results_guardrail_never")}`;
  if (isMendedByTime(open.reason)) return `${why} ${t("results_guardrail_wait")}`;
  return `${why} ${t("results_guardrail_check", { check: repairText(open.metric, null, t) })}`;
}
