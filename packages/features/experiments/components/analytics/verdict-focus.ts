import type { Effect, Verdict } from "@calcom/statistics";
import type { StoredResult } from "../../results/types";
import type { VerdictWord } from "../../types/health";

/** What a verdict is about: what is shown of one metric, or of one variant, opens with these. */
export type VerdictFocus = Pick<Effect, "metric" | "variant">;

/** Null where it is about no metric more than about another. */
export function focusOf({ analysis }: Pick<StoredResult, "analysis">): VerdictFocus | null {
  const [effect] = analysis === null ? [] : effectsOf(analysis.verdict);
  return effect === undefined ? null : { metric: effect.metric, variant: effect.variant };
}

/** The one that matters most first. */
function effectsOf(verdict: Verdict): Effect[] {
  switch (verdict.code) {
    case "guardrail_worse":
    case "no_longer_clear":
      return [verdict.effect];
    case "mixed":
      return [verdict.better, verdict.worse];
    case "better":
    case "worse":
      return verdict.effects;
    default:
      return [];
  }
}

/** Verdicts after which there is nothing to wait for. */
const DECIDABLE: ReadonlySet<VerdictWord> = new Set([
  "better",
  "worse",
  "mixed",
  "no_difference",
  "inconclusive",
  "harmed",
]);

/** Whether a decision can be made by it. */
export function isDecidable(word: VerdictWord): boolean {
  return DECIDABLE.has(word);
}
