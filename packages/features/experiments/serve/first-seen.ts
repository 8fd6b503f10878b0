import type { FoundAssignment } from "./assignments.repository";

type SeenRow = Pick<FoundAssignment, "id" | "unitId" | "assignedAt" | "exposedAt">;

/**
 * A person with several browsers keeps what was seen first. Before anything was seen, this browser's own row counts.
 */
export function findFirstSeen<Row extends SeenRow>(rows: Row[], ownUnitId: string): Row | null {
  const [first] = rows.filter(({ exposedAt }) => exposedAt !== null).sort(compareFirstSeen);
  return first ?? rows.find(({ unitId }) => unitId === ownUnitId) ?? rows.sort(compareFirstSeen)[0] ?? null;
}

/**
 * The same order as in the recount. Rows of one statement share their times, so the id decides: every browser must find
 * the same row first.
 */
function compareFirstSeen(a: SeenRow, b: SeenRow): number {
  return (
    Number(a.exposedAt) - Number(b.exposedAt) ||
    Number(a.assignedAt) - Number(b.assignedAt) ||
    (a.id < b.id ? -1 : 1)
  );
}
