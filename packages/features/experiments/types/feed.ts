import type { UnservedReason } from "./answers";
import type { Unit } from "./settings";

/** Why something that was recorded is in no result. */
export type NotCountedReason =
  /** Kept what a flag had given. */
  | "imported"
  /** The person was exposed in another browser before. */
  | "other_browser"
  /** After the end of the experiment. */
  | "after_end"
  | "before_exposure"
  /** After the conversion window. */
  | "late"
  /** No metric of the experiment counts the event. */
  | "no_metric";

/** Why nothing was recorded of what a browser reported. */
export type RefusedReason =
  | UnservedReason
  /** The key, or the exposure, was known. */
  | "repeated"
  /** The page showed another variant than the one that is stored. */
  | "other_variant"
  /** The report is of another visitor than the cookie. */
  | "other_visitor"
  /** Whether there is such a visitor, the next request tells. */
  | "first_sight"
  | "preview"
  | "not_assigned"
  | "not_declared"
  | "claim_refused";

export type Report = "exposure" | "conversion";

/** One thing that was recorded. */
export interface FeedEvent {
  id: string;
  at: Date;
  kind: "assigned" | "exposed" | "converted";
  /** Of a conversion. */
  event: string | null;
  variant: string;
  /** The id is null where the role hides it. */
  subject: { unit: Unit; id: string | null };
  /** Null where it counts. */
  notCounted: NotCountedReason | null;
  /** When the conversion window of its participant closes, while that is open; no result has it before. */
  countsFrom: Date | null;
}

/** What was reported and not recorded, without anybody's id. */
export interface RefusedReports {
  kind: Report;
  reason: RefusedReason;
  /** Null for exposures, and for what is left over where there are many events. */
  event: string | null;
  times: number;
  firstAt: Date;
  lastAt: Date;
}

export interface ExperimentFeed {
  asOf: Date;
  /** The latest first. */
  events: FeedEvent[];
  /** Conversions that may not stand beside a variant yet are missing. */
  isWithheld: boolean;
  isMasked: boolean;
  /** Somebody has so many conversions that the latest of them may be missing. */
  isCut: boolean;
  /** Of the server that answers, since it started; the latest first. */
  refused: RefusedReports[];
  refusedSince: Date;
}
