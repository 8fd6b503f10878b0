import type { Verdict } from "@calcom/statistics";
import { CONCLUSION_REASONS, type ConclusionReason } from "./conclusion";

/** Each of these says how the variants compare. */
const COMPARING: ReadonlySet<ConclusionReason> = new Set(["won", "lost", "no_difference"]);

interface Told {
  /** Nothing by which variants could be compared is told. */
  isAllWithheld: boolean;
  verdict: Verdict["code"] | null;
  hasPrimary: boolean;
}

/**
 * The reasons that a conclusion may give now. While all comparisons are withheld, none can rest on one: only that a
 * guardrail is harmed is told before its time. Without a primary metric nothing is compared here, now or later, and
 * whoever concludes knows it from elsewhere.
 */
export function openReasons({ isAllWithheld, verdict, hasPrimary }: Told): ConclusionReason[] {
  if (!isAllWithheld || !hasPrimary) return [...CONCLUSION_REASONS];
  return CONCLUSION_REASONS.filter(
    (reason) => !COMPARING.has(reason) || (reason === "lost" && verdict === "guardrail_worse"),
  );
}
