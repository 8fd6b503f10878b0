import type { HostId } from "../types/host-id";
import type { Claims } from "../types/reports";
import type { Unit } from "../types/settings";
import type { Identity, NamedSubject } from "./identity";

export type DecisionRequest = { slug: string } & Claims & {
    /** The team for which code asks a flag, where it is not the asking user's: it takes no part, and gives nothing. */
    foreignTeamId?: HostId;
  };

export function vouchFor(subject: NamedSubject): Identity {
  return {
    userId: "userId" in subject ? subject.userId : null,
    visitorId: "visitorId" in subject ? subject.visitorId : null,
    isBot: false,
    hasConsent: true,
    address: null,
  };
}

export function requestFor(subject: NamedSubject, slugs: string[]): DecisionRequest[] {
  const claims = "teamId" in subject ? { teamId: subject.teamId } : {};
  return slugs.map((slug) => ({ slug, ...claims }));
}

/** Null if the caller has no id of the unit that the experiment asks for. */
export function findUnitId(unit: Unit, identity: Identity, { teamId }: Claims): string | null {
  if (unit === "visitor") return identity.visitorId;
  const id = unit === "user" ? identity.userId : (teamId ?? null);
  return id === null ? null : String(id);
}
