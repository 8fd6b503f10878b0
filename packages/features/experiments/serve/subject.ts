import { isUuid } from "@calcom/lib/gate/text";
import { MAX_ROW_ID } from "@calcom/lib/sql";
import type { Claims } from "../types/reports";
import type { Unit } from "../types/settings";
import type { Identity, NamedSubject } from "./identity";

export type DecisionRequest = { slug: string } & Claims & {
    /** The team for which code asks a flag, where it is not the asking user's: it takes no part, and gives nothing. */
    foreignTeamId?: number;
  };

/** Drops ids that no row can have: a statement is shared with other requests, and one such id would fail them all. */
export function vouchFor(subject: NamedSubject): Identity {
  return {
    userId: "userId" in subject && isRowId(subject.userId) ? subject.userId : null,
    // The database writes uuids in lower case, and a hash would tell the two spellings apart.
    visitorId: "visitorId" in subject && isUuid(subject.visitorId) ? subject.visitorId.toLowerCase() : null,
    isBot: false,
    hasConsent: true,
    address: null,
  };
}

export function requestFor(subject: NamedSubject, slugs: string[]): DecisionRequest[] {
  const claims = "teamId" in subject && isRowId(subject.teamId) ? { teamId: subject.teamId } : {};
  return slugs.map((slug) => ({ slug, ...claims }));
}

/** Null if the caller has no id of the unit that the experiment asks for. */
export function findUnitId(unit: Unit, identity: Identity, { teamId }: Claims): string | null {
  if (unit === "visitor") return identity.visitorId;
  const id = unit === "user" ? identity.userId : (teamId ?? null);
  return id === null ? null : String(id);
}

/** Whether a row can have this id. A larger one would raise an error in the database. */
export function isRowId(id: number): boolean {
  return Number.isInteger(id) && id > 0 && id <= MAX_ROW_ID;
}
