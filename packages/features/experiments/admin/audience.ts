import type { Decision, Json } from "../types";

/** How many match now. Counted to the end, or as far as the time allows: then `examined` is less than `total`. */
export interface AudienceCount {
  matching: number;
  examined: number;
  total: number;
}

/** What deciding would say of somebody. */
export interface Trial {
  decision: Decision;
  /** False where the variant is one that will be drawn, or depends on a salt that there is not yet. */
  isVariantKnown: boolean;
  /** What the rules asked about, as it is now. */
  facts: Record<string, Json>;
  /** Whether there is a row already, which keeps what it says whatever the rules have become. */
  isStored: boolean;
}
