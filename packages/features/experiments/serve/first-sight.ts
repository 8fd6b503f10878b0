import type { Assignment } from "./assignments.repository";
import type { Identity } from "./identity";
import type { ProvisionalRowsRepository } from "./provisional-rows.repository";

/** Whether the row waits for its visitor's cookie. Once its variant was seen it does not. */
export function isWaiting({ isProvisional, exposedAt }: Assignment): boolean {
  return isProvisional && exposedAt === null;
}

/** The row was written in this very request, or in another part of the same page. */
export function isOfFirstSight({ isFirstSight, visitorId }: Identity, assignment: Assignment): boolean {
  return isFirstSight === true && isWaiting(assignment) && assignment.unitId === visitorId;
}

/**
 * Keeps the rows for which the request brings the cookie back. Returns the ids of those that are gone: they were swept
 * after they had been read.
 */
export async function keepConfirmed(
  rows: Pick<ProvisionalRowsRepository, "confirm">,
  identity: Identity,
  assignments: Assignment[],
): Promise<ReadonlySet<string>> {
  const waiting = assignments.filter((one) => isWaiting(one) && !isOfFirstSight(identity, one));
  if (waiting.length === 0) return NONE;
  const ids = waiting.map(({ id }) => id);
  const kept = await rows.confirm([...new Set(ids)]);
  return new Set(ids.filter((id) => !kept.has(id)));
}

const NONE: ReadonlySet<string> = new Set();
