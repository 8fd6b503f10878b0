import type { Json } from "@calcom/lib/json";
import type { Decision } from "./answers";

/** How many match now. If time runs out before everybody was examined, `examined` is less than `total`. */
export interface AudienceCount {
  matching: number;
  examined: number;
  total: number;
}

/** What deciding would say of somebody. */
export interface Trial {
  decision: Decision;
  /** False if the variant will be drawn at random, or depends on a salt that does not exist yet. */
  isVariantKnown: boolean;
  /** The facts that the rules read, as they are now. */
  facts: Record<string, Json>;
  /** Whether a row exists already; it keeps its variant whatever the rules have become. */
  isStored: boolean;
}
