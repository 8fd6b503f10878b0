import { readJsonTime } from "@calcom/lib/read-times";
import type { FeedEvent } from "../types/feed";
import { shortId } from "../utils/mask";
import { type CountedBy, whyConversionNotCounted, whyExposureNotCounted } from "../utils/not-counted";
import type { FeedRow } from "./feed.repository";

export interface ConversionOfRow {
  id: string;
  event: string;
  occurredAt: Date;
  of: FeedRow;
}

export function listConversions(of: FeedRow): ConversionOfRow[] {
  return of.conversions.map(({ id, event, occurredAt }) => ({
    id,
    event,
    occurredAt: readJsonTime(occurredAt),
    of,
  }));
}

export function toConverted(
  { id, event, occurredAt, of }: ConversionOfRow,
  counted: CountedBy,
  maySeeAll: boolean,
): FeedEvent {
  const notCounted = whyConversionNotCounted({ event, occurredAt }, of, counted);
  return { ...about(of, maySeeAll), id, at: occurredAt, kind: "converted", event, notCounted };
}

/** That the subject was exposed, and assigned before. */
export function toSeen(of: FeedRow, counted: CountedBy, maySeeAll: boolean): FeedEvent[] {
  return [
    {
      ...about(of, maySeeAll),
      id: `${of.id}:exposed`,
      at: of.exposedAt,
      kind: "exposed",
      event: null,
      notCounted: whyExposureNotCounted(of, counted),
    },
    {
      ...about(of, maySeeAll),
      id: `${of.id}:assigned`,
      at: of.assignedAt,
      kind: "assigned",
      event: null,
      notCounted: of.isImported ? "imported" : null,
    },
  ];
}

function about(
  { variant, unit, unitId }: FeedRow,
  maySeeAll: boolean,
): Pick<FeedEvent, "variant" | "subject"> {
  return { variant, subject: { unit, id: maySeeAll ? unitId : maskId(unit, unitId) } };
}

/** Teams have names for viewers everywhere; the id of a user is all that it takes to look at that user. */
function maskId(unit: FeedRow["unit"], id: string | null): string | null {
  if (id === null || unit === "user") return null;
  return unit === "visitor" ? shortId(id) : id;
}
