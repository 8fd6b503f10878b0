import { DAY_MS } from "@calcom/lib/time";
import type { NotCountedReason } from "../types/feed";

export interface RecordedRow {
  exposedAt: Date;
  isImported: boolean;
  /** The same person was exposed before, in another browser. */
  isLater: boolean;
}

export interface CountedBy {
  windowDays: number;
  endedAt: Date | null;
  /** Events that some metric counts; null where nothing is known of them. */
  events: ReadonlySet<string> | null;
}

/** Why an exposure is in no result; null where it is. The recount decides by the same rules. */
export function whyExposureNotCounted(
  { exposedAt, isImported, isLater }: RecordedRow,
  { endedAt }: CountedBy,
): NotCountedReason | null {
  if (isImported) return "imported";
  if (endedAt !== null && exposedAt >= endedAt) return "after_end";
  return isLater ? "other_browser" : null;
}

/** The same for a conversion. In another browser of the same person it counts from that person's first exposure on. */
export function whyConversionNotCounted(
  { event, occurredAt }: { event: string; occurredAt: Date },
  row: RecordedRow,
  counted: CountedBy,
): NotCountedReason | null {
  const { windowDays, endedAt, events } = counted;
  if (row.isImported) return "imported";
  if (endedAt !== null && occurredAt >= endedAt) return "after_end";
  if (occurredAt < row.exposedAt && !row.isLater) return "before_exposure";
  if (Number(occurredAt) >= Number(row.exposedAt) + windowDays * DAY_MS) return "late";
  return events === null || events.has(event) ? null : "no_metric";
}
