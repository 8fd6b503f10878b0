import type { ReadableEventsService } from "../results/recount/readable-events.service";
import type { PersonConversion } from "../types/people";
import type { ConversionsOfRow, PeopleRepository, PersonRow } from "./people.repository";
import { type AskableRow, type Line, readAskable } from "./person-entries";

export interface RecordedParts {
  /** Flags are among it. */
  askable: { loadMany(slugs: string[]): Promise<AskableRow[]> };
  people: Pick<PeopleRepository, "listConversions">;
  events: Pick<ReadableEventsService, "tell">;
}

/** Reads the settings of what is shown, and of conversions what may be told beside a variant. */
export async function readRecorded(
  { askable, people, events }: RecordedParts,
  page: readonly Line[],
  recent: readonly PersonRow[],
) {
  const shown = [...page.flatMap(({ rows }) => rows), ...recent];
  const slugs = new Set([
    ...page.map(({ experiment }) => experiment.slug),
    ...recent.map(({ slug }) => slug),
  ]);
  const [loaded, conversions] = await Promise.all([
    askable.loadMany([...slugs]),
    people.listConversions([...new Set(shown.map(({ id }) => id))]),
  ]);
  const rows = new Map(loaded.map((row) => [row.slug, row]));
  const slugOf = new Map(shown.map(({ id, slug }) => [id, slug]));
  const withRows = loaded.filter(({ slug }) => shown.some((row) => row.slug === slug));
  const told = await events.tell(
    withRows.map((row) => ({
      row,
      events: conversions.filter(({ assignmentId }) => slugOf.get(assignmentId) === row.slug),
    })),
  );
  return {
    rows,
    nameOf: (slug: string) => nameOfRow(rows.get(slug)) ?? slug,
    of(ofRows: readonly PersonRow[]) {
      const [first] = ofRows;
      const readable = first && told.get(first.slug);
      const ids = new Set(ofRows.map(({ id }) => id));
      const own = readable?.events.filter(({ assignmentId }) => ids.has(assignmentId)) ?? [];
      return { events: sumUp(own), isWithheld: readable?.isWithheld ?? false };
    },
  };
}

/** By event, over the rows that a person has of several browsers. */
function sumUp(conversions: readonly ConversionsOfRow[]): PersonConversion[] {
  const byEvent = new Map<string, PersonConversion>();
  for (const { event, times, first, last } of conversions) {
    const known = byEvent.get(event);
    byEvent.set(
      event,
      known === undefined
        ? { event, times, first, last }
        : {
            event,
            times: known.times + times,
            first: known.first < first ? known.first : first,
            last: known.last > last ? known.last : last,
          },
    );
  }
  return [...byEvent.values()];
}

function nameOfRow(row: AskableRow | undefined): string | null {
  return row === undefined ? null : (readAskable(row)?.config?.name ?? null);
}
