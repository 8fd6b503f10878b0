/** What the newest result says of its plan. A stored result that was edited by hand may hold anything. */
export interface PlanReached {
  exposures: unknown;
  plannedSubjects: unknown;
  windowDays: unknown;
  minimumDays: unknown;
}

const DAY_MS = 86_400_000;

/**
 * The UTC day, in ISO 8601, by which all that was planned had come: so many were exposed, their window had closed, and the
 * least runtime was over. Null where nobody knows.
 */
export function findReached(plan: PlanReached, startedAt: string | null, now: Date): string | null {
  const { exposures, plannedSubjects, windowDays, minimumDays } = plan;
  if (!Array.isArray(exposures) || startedAt === null) return null;
  const [planned, days, least] = [plannedSubjects, windowDays, minimumDays].map(Number);
  if (planned === undefined || days === undefined || least === undefined) return null;
  let come = 0;
  for (const { day, exposed } of exposures.filter(isDay).sort((a, b) => (a.day < b.day ? -1 : 1))) {
    come += Object.values(exposed).reduce<number>((sum, units) => sum + Number(units), 0);
    if (!(come >= planned)) continue;
    const reached = Math.max(Date.parse(day) + days * DAY_MS, Date.parse(startedAt) + least * DAY_MS);
    return Number.isNaN(reached) ? null : new Date(Math.min(reached, now.getTime())).toISOString();
  }
  return null;
}

function isDay(value: unknown): value is { day: string; exposed: object } {
  if (typeof value !== "object" || value === null || !("day" in value) || !("exposed" in value)) return false;
  return typeof value.day === "string" && typeof value.exposed === "object" && value.exposed !== null;
}
