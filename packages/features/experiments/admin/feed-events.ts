import { readJsonTime } from "@calcom/lib/read-times";
import { DAY_MS } from "@calcom/lib/time";
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

/** What decides how an event is shown: which of them count, what the reader may see, and as of when. */
export interface Telling {
  counted: CountedBy;
  maySeeAll: boolean;
  asOf: Date;
}

export function toConverted({ id, event, occurredAt, of }: ConversionOfRow, telling: Telling): FeedEvent {
  const notCounted = whyConversionNotCounted({ event, occurredAt }, of, telling.counted);
  return { ...about(of, telling), id, at: occurredAt, kind: "converted", event, notCounted };
}

/** That the subject was exposed, and assigned before. */
export function toSeen(of: FeedRow, telling: Telling): FeedEvent[] {
  return [
    {
      ...about(of, telling),
      id: `${of.id}:exposed`,
      at: of.exposedAt,
      kind: "exposed",
      event: null,
      notCounted: whyExposureNotCounted(of, telling.counted),
    },
    {
      ...about(of, telling),
      id: `${of.id}:assigned`,
      at: of.assignedAt,
      kind: "assigned",
      event: null,
      notCounted: of.isImported ? "imported" : null,
    },
  ];
}

function about(
  { variant, unit, unitId, exposedAt }: FeedRow,
  { counted, maySeeAll, asOf }: Telling,
): Pick<FeedEvent, "variant" | "subject" | "countsFrom"> {
  return {
    variant,
    subject: { unit, id: maySeeAll ? unitId : maskId(unit, unitId) },
    countsFrom: openUntil(exposedAt, counted, asOf),
  };
}

/** What has ended is read as it is, with the windows that were open then. */
function openUntil(exposedAt: Date, { windowDays, endedAt }: CountedBy, asOf: Date): Date | null {
  const closes = new Date(exposedAt.getTime() + windowDays * DAY_MS);
  return endedAt !== null || closes <= asOf ? null : closes;
}

/** Teams have names for viewers everywhere; the id of a user is all that it takes to look at that user. */
function maskId(unit: FeedRow["unit"], id: string | null): string | null {
  if (id === null || unit === "user") return null;
  return unit === "visitor" ? shortId(id) : id;
}
