import type { PersonConversion, PersonEvent } from "../types/people";
import type { PersonRow } from "./people.repository";

/** How many rows a timeline is made of, and how much it tells. */
export const TIMELINE_ROWS = 30;
const TIMELINE_EVENTS = 30;

/** The rows in which something happened last. */
export function pickRecent(rows: readonly PersonRow[]): PersonRow[] {
  return [...rows].sort((a, b) => lastOf(b) - lastOf(a)).slice(0, TIMELINE_ROWS);
}

/** Assigned, exposed, and the first time of each event that may be told; the latest first. */
export function buildTimeline(
  rows: readonly PersonRow[],
  of: (row: PersonRow) => { name: string; conversions: readonly PersonConversion[] },
): PersonEvent[] {
  return rows
    .flatMap((row): PersonEvent[] => {
      const { slug, variant, assignedAt, exposedAt } = row;
      const { name, conversions } = of(row);
      const about = { slug, name };
      return [
        // Of one moment, what follows from the other stands above it.
        ...conversions.map(({ event, first }) => ({
          ...about,
          at: first,
          what: { kind: "converted" as const, event },
        })),
        ...(exposedAt === null
          ? []
          : [{ ...about, at: exposedAt, what: { kind: "exposed" as const, variant } }]),
        { ...about, at: assignedAt, what: { kind: "assigned", variant } },
      ];
    })
    .sort((a, b) => b.at.getTime() - a.at.getTime())
    .slice(0, TIMELINE_EVENTS);
}

function lastOf({ assignedAt, exposedAt }: PersonRow): number {
  return Math.max(assignedAt.getTime(), exposedAt?.getTime() ?? 0);
}
