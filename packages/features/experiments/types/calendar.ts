import { number } from "@calcom/lib/gate/numbers";
import { text } from "@calcom/lib/gate/text";
import type { z } from "zod";
import type { HostId } from "./host-id";
import type { Status } from "./settings";
import { listFilterSchema } from "./views";

/** The numbers of months that are offered to choose. */
export const CALENDAR_SPANS = [2, 3, 6, 12];
export const calendarSpanSchema = number().int().min(1).max(12);

/** A month such as "2026-11". */
export const monthSchema = text(7).regex(
  /^(19[7-9]\d|[2-8]\d{3})-(0[1-9]|1[0-2])$/,
  "Enter a month such as 2026-11.",
);

export const calendarQuestionSchema = listFilterSchema.omit({ sort: true }).extend({
  /** The first month, in UTC. Without it, the months around now. */
  month: monthSchema.optional(),
  /** How many. Without it, as many as there is something to see in. */
  months: calendarSpanSchema.optional(),
  page: number().int().min(1).max(100_000).default(1),
});
export type CalendarQuestion = z.infer<typeof calendarQuestionSchema>;

export const CALENDAR_PAGE = 50;

/** One experiment that has started, or whose start is scheduled. */
export interface CalendarEntry {
  slug: string;
  name: string;
  status: Status;
  /** Before the start or after the end: the flag that it was is turned off. */
  isTurnedOff: boolean;
  ownerName: string | null;
  /** ISO 8601; null for a draft. */
  startedAt: string | null;
  /** Null where it goes on, and where nobody knows. */
  endedAt: string | null;
  /** When a draft is scheduled to start; null otherwise. */
  plannedStart: string | null;
  /** When it is scheduled to pause, which is as yet to come; null where nobody has scheduled that. */
  plannedEnd: string | null;
  /** When enough will have come, by the newest results; null where an end is scheduled, and where nobody knows. */
  expectedEnd: string | null;
  /** All that was planned has come, and it still runs. */
  isPastEnd: boolean;
  /** By when it had come, to the day; null where nobody knows. */
  reachedAt: string | null;
  /** When it did not run since its start, as far as the log says. */
  pauses: Pause[];
}

export interface Pause {
  /** ISO 8601. */
  from: string;
  /** Null where it lasts. */
  to: string | null;
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
