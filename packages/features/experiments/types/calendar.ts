import { number } from "@calcom/lib/gate/numbers";
import { text } from "@calcom/lib/gate/text";
import { z } from "zod";
import type { HostId } from "./host-id";
import type { Status } from "./settings";
import { listFilterSchema } from "./views";

export const CALENDAR_SPANS = [3, 6, 12] as const;
export type CalendarSpan = (typeof CALENDAR_SPANS)[number];

/** A month such as "2026-11". */
export const monthSchema = text(7).regex(
  /^(19[7-9]\d|[2-8]\d{3})-(0[1-9]|1[0-2])$/,
  "Enter a month such as 2026-11.",
);

export const calendarQuestionSchema = listFilterSchema.omit({ sort: true }).extend({
  /** The first month, in UTC. */
  month: monthSchema,
  months: z.union(CALENDAR_SPANS.map((span) => z.literal(span))),
  page: number().int().min(1).max(100_000).default(1),
});
export type CalendarQuestion = z.infer<typeof calendarQuestionSchema>;

export const CALENDAR_PAGE = 50;

/** One experiment that has started. */
export interface CalendarEntry {
  slug: string;
  name: string;
  status: Status;
  ownerName: string | null;
  /** ISO 8601. */
  startedAt: string;
  /** Null where it goes on, and where nobody knows. */
  endedAt: string | null;
}

export interface ExperimentCalendar {
  /** The latest start first. */
  entries: CalendarEntry[];
  /** Of all pages. */
  total: number;
  /** How many experiments there are, whatever was asked for. */
  overall: number;
  owners: { id: HostId; name: string }[];
  tags: string[];
  /** ISO 8601, in UTC: the first moment of the first month, and that after the last one. */
  from: string;
  until: string;
}
