import { containing } from "@calcom/lib/sql";
import { readFirst } from "../sql/long-statement";
import type { Pool } from "../sql/runner";
import type { CalendarEntry } from "../types/calendar";
import { compareHostIds, type HostId } from "../types/host-id";
import type { Extent } from "../types/months";
import type { ListFilter } from "../types/views";
import type { PlanReached } from "../utils/find-reached";
import { CALENDAR_SQL, EXTENT_SQL } from "./calendar-sql";
import { problemAsked } from "./catalog.repository";

export interface CalendarFilter extends Omit<ListFilter, "sort"> {
  /** ISO 8601, in UTC: from the first on, and before the second. */
  from: string;
  until: string;
  limit: number;
  offset: number;
}

/** With each step of its lifecycle that the log has, the earliest first. */
export interface CalendarRow extends Omit<CalendarEntry, "pauses" | "reachedAt"> {
  /** Null where it is not past its end, and where there is no result. */
  reached: PlanReached | null;
  steps: { at: string; status: string | null }[];
}

export interface FoundCalendar {
  rows: CalendarRow[];
  total: number;
  overall: number;
  owners: { id: HostId; name: string }[];
  tags: string[];
}

/** Reads which experiments ran when, in one statement. It counts no participants. */
export class CalendarRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** What there is to see since a moment, in ISO 8601. */
  async findExtent(since: string): Promise<Extent> {
    const [found] = await readFirst<Extent>(this.#pool, EXTENT_SQL, [since]);
    return found ?? { earliest: null, latest: null };
  }

  async list(filter: CalendarFilter): Promise<FoundCalendar> {
    const [found] = await readFirst<Omit<FoundCalendar, "rows"> & { rows: CalendarRow[] | null }>(
      this.#pool,
      CALENDAR_SQL,
      [
        filter.search ? containing(filter.search) : null,
        filter.status ?? null,
        filter.unit ?? null,
        filter.ownerId === undefined ? null : String(filter.ownerId),
        filter.limit,
        filter.offset,
        problemAsked(filter),
        filter.tag ?? null,
        filter.from,
        filter.until,
      ],
    );
    const { rows, total = 0, overall = 0, owners = [], tags = [] } = found ?? {};
    return {
      rows: rows ?? [],
      total,
      overall,
      owners: owners.sort((a, b) => a.name.localeCompare(b.name) || compareHostIds(a.id, b.id)),
      tags,
    };
  }
}
