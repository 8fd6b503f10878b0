import { DAY_MS } from "@calcom/lib/time";
import type { Pool } from "../../../sql/runner";

// The results of an experiment once more, from all rows of the tables, as the words of the documentation have it: one
// subject after the other, sums in two passes. It shares no code with the product, and takes its time.

export interface Question {
  slug: string;
  unit: "user" | "team" | "visitor";
  windowDays: number;
  endedAt: Date | null;
  /** Subjects count who were exposed on an earlier UTC day; null for all. */
  cut: string | null;
}

export interface Happening {
  at: Date;
  event: string;
  value: number;
}

export interface SlowSubject {
  variant: string;
  epoch: number;
  exposedAt: Date | null;
  isErased: boolean;
  userId: number | null;
  teamId: number | null;
  /** When the subject's browser was first known to be that person's; null where it is no browser, or nobody's. */
  linkedAt: Date | null;
  /** Scalars that were frozen into the row that speaks. */
  facts: Record<string, unknown>;
  /** Those that count. */
  happened: Happening[];
}

export interface SlowReading {
  subjects: SlowSubject[];
  imported: number;
  mixed: number;
}

interface Row {
  id: string;
  variant: string;
  epoch: number | null;
  assignmentType: string;
  assignedAt: Date;
  exposedAt: Date | null;
  userId: number | null;
  teamId: number | null;
  visitorId: string | null;
  metadata: ({ erasedPerson?: string; attributes?: object } & Record<string, unknown>) | null;
}

export async function readSlowly(pool: Pool, question: Question): Promise<SlowReading> {
  const stored = (await pool.query<Row>(`SELECT * FROM "ExperimentVariant"`)).rows;
  const rows = stored.flatMap((row) => untilEnd(question, row));
  const slugs = await pool.query<{ id: string; experimentSlug: string }>(
    `SELECT "id", "experimentSlug" FROM "ExperimentVariant"`,
  );
  const slugOf = new Map(slugs.rows.map((row) => [row.id, row.experimentSlug]));
  const own = rows.filter((row) => slugOf.get(row.id) === question.slug);
  const conversions = await pool.query<{
    assignmentId: string;
    conversionEvent: string;
    occurredAt: Date;
    value: string | null;
  }>(`SELECT * FROM "ExperimentConversion"`);
  const links = await pool.query<{ visitorId: string; userId: number; linkedAt: Date }>(
    `SELECT * FROM "VisitorLink"`,
  );
  const people = new Map<string, Row[]>();
  let imported = 0;
  const linkOf = (row: Row) =>
    links.rows.find(
      ({ visitorId, linkedAt }) =>
        visitorId === row.visitorId && (question.endedAt === null || linkedAt < question.endedAt),
    );
  for (const row of own) {
    if (row.assignmentType === "IMPORTED") {
      imported++;
      continue;
    }
    const link = linkOf(row);
    const person =
      link !== undefined ? `user ${link.userId}` : (row.metadata?.erasedPerson ?? `row ${row.id}`);
    people.set(person, [...(people.get(person) ?? []), row]);
  }
  const subjects: SlowSubject[] = [];
  let mixed = 0;
  for (const [person, theirs] of people) {
    const seen = theirs.filter(({ exposedAt }) => exposedAt !== null);
    if (new Set(seen.map(({ variant }) => variant)).size > 1) mixed++;
    const [speaker] = (seen.length > 0 ? seen : theirs).sort(
      (a, b) =>
        Number(a.exposedAt) - Number(b.exposedAt) ||
        Number(a.assignedAt) - Number(b.assignedAt) ||
        (a.id < b.id ? -1 : 1),
    );
    if (speaker === undefined) continue;
    const all = conversions.rows
      .filter(({ assignmentId }) => theirs.some(({ id }) => id === assignmentId))
      .map(({ conversionEvent, occurredAt, value }) => ({
        at: occurredAt,
        event: conversionEvent,
        value: Number(value ?? 0),
      }));
    subjects.push({
      variant: speaker.variant,
      epoch: Number(speaker.epoch),
      exposedAt: speaker.exposedAt,
      isErased: speaker.userId === null && speaker.teamId === null && speaker.visitorId === null,
      userId: person.startsWith("user ") ? Number(person.slice(5)) : speaker.userId,
      teamId: speaker.teamId,
      linkedAt: linkOf(speaker)?.linkedAt ?? null,
      facts: factsOf(speaker),
      happened: all.filter(({ at }) => counts(question, speaker.exposedAt, at)),
    });
  }
  return { subjects, imported, mixed };
}

function factsOf({ metadata }: Row): Record<string, unknown> {
  const { attributes, memberCount: _m, erasedPerson: _e, ...facts } = metadata ?? {};
  return Object.fromEntries(
    Object.entries({ ...facts, ...attributes }).filter(([, value]) => typeof value !== "object"),
  );
}

/** What was written at the end or later: an assignment is not there, an exposure has not been. */
function untilEnd({ endedAt }: Question, row: Row): Row[] {
  if (endedAt === null || row.assignmentType === "IMPORTED") return [row];
  if (row.assignedAt >= endedAt) return [];
  return [{ ...row, exposedAt: row.exposedAt !== null && row.exposedAt < endedAt ? row.exposedAt : null }];
}

export function counts({ windowDays, endedAt }: Question, exposedAt: Date | null, at: Date): boolean {
  if (exposedAt === null || at < exposedAt) return false;
  if (endedAt !== null && at >= endedAt) return false;
  return Number(at) < Number(exposedAt) + windowDays * DAY_MS;
}

export interface SlowArm {
  epoch: number;
  variant: string;
  n: number;
  conversions: number;
  y: { mean: number; m2: number };
  x: { mean: number; m2: number };
  comoment: number;
  yMin: number;
  xMin: number;
}

/** What each subject did, in two numbers, summed up per epoch and variant. */
export function sumUp(
  subjects: SlowSubject[],
  cut: string | null,
  measure: (subject: SlowSubject) => [y: number, x: number],
): SlowArm[] {
  const groups = new Map<string, [number, number][]>();
  for (const subject of subjects) {
    if (subject.exposedAt === null) continue;
    if (cut !== null && subject.exposedAt.toISOString().slice(0, 10) >= cut) continue;
    const key = `${subject.epoch} ${subject.variant}`;
    groups.set(key, [...(groups.get(key) ?? []), measure(subject)]);
  }
  return [...groups].map(([key, units]) => {
    const [epoch = "", variant = ""] = key.split(" ");
    const mean = (index: 0 | 1) => units.reduce((sum, unit) => sum + unit[index], 0) / units.length;
    const means = [mean(0), mean(1)] as const;
    const product = (a: 0 | 1, b: 0 | 1) =>
      units.reduce((sum, unit) => sum + (unit[a] - means[a]) * (unit[b] - means[b]), 0);
    return {
      epoch: Number(epoch),
      variant,
      n: units.length,
      conversions: units.filter(([y]) => y > 0).length,
      y: { mean: means[0], m2: product(0, 0) },
      x: { mean: means[1], m2: product(1, 1) },
      comoment: product(0, 1),
      yMin: Math.min(...units.map(([y]) => y)),
      xMin: Math.min(...units.map(([, x]) => x)),
    };
  });
}
