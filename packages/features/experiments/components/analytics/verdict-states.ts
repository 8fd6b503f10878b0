import type { VerdictWord } from "../../types/health";

/** Better, worse, not to be trusted yet, no difference that matters, not decided. */
export type VerdictTone = "good" | "bad" | "doubt" | "settled" | "open";

// What the state of a verdict is called and looks like, in the list, on the page, in the report and in its file.

export const verdictTones: Record<VerdictWord, VerdictTone> = {
  better: "good",
  worse: "bad",
  mixed: "doubt",
  no_difference: "settled",
  inconclusive: "open",
  no_longer_clear: "doubt",
  open: "open",
  too_early: "open",
  withheld: "open",
  harmed: "bad",
  unguarded: "doubt",
  untrusted: "doubt",
  no_metric: "open",
  no_answer: "doubt",
};

/** The ground of a card, wherever it says a verdict. What is not decided, or settled, has none. */
const verdictTints: Record<VerdictTone, string> = {
  good: "border-success-border bg-success-muted",
  bad: "border-destructive-border bg-destructive-muted",
  doubt: "border-warning-border bg-warning-muted",
  settled: "",
  open: "",
};

/** The card of a verdict. On a tint, grey text would be too pale. */
export function verdictCard(tone: VerdictTone): string {
  const tint = verdictTints[tone];
  return tint === "" ? "" : `${tint} [--muted-foreground:var(--foreground)]`;
}

export const verdictKeys: Record<VerdictWord, string> = {
  better: "verdict_state_better",
  worse: "verdict_state_worse",
  mixed: "verdict_state_mixed",
  no_difference: "verdict_state_no_difference",
  inconclusive: "verdict_state_inconclusive",
  no_longer_clear: "verdict_state_no_longer_clear",
  open: "verdict_state_open",
  too_early: "verdict_state_too_early",
  withheld: "verdict_state_withheld",
  harmed: "verdict_state_harmed",
  unguarded: "verdict_state_unguarded",
  untrusted: "verdict_state_untrusted",
  no_metric: "verdict_state_no_metric",
  no_answer: "verdict_state_no_answer",
};
