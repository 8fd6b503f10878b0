import type { HostId, IdType } from "../types/host-id";
import type { Claims } from "../types/reports";
import type { HostIds } from "../utils/host-ids";
import type { CreditOptions } from "./credit-options";
import type { FlagAsker } from "./flag-answers.service";
import type { Identity, NamedSubject } from "./identity";

export function readIdentity(ids: HostIds, identity: Identity): Identity {
  const { userId, visitorId } = identity;
  return {
    ...identity,
    userId: userId === null ? null : ids.user(userId),
    visitorId: visitorId === null ? null : ids.visitor(visitorId),
  };
}

export function readSubject(ids: HostIds, subject: NamedSubject): NamedSubject {
  // Callers may name several at once.
  return {
    ...subject,
    ...("userId" in subject ? { userId: ids.user(subject.userId) } : {}),
    ...("teamId" in subject ? { teamId: ids.team(subject.teamId) } : {}),
    ...("visitorId" in subject ? { visitorId: ids.visitor(subject.visitorId) } : {}),
  };
}

/** The subject that is credited: the checked identity of a request, or the subject that the caller names. */
export function readCredited(ids: HostIds, { subject, team, ...options }: CreditOptions): CreditOptions {
  return {
    ...options,
    subject: "hasConsent" in subject ? readIdentity(ids, subject) : readSubject(ids, subject),
    ...(team === undefined ? {} : { team: ids.team(team) }),
  };
}

export function readAsker(ids: HostIds, asker: FlagAsker): FlagAsker {
  const { userId, teamId } = asker;
  return {
    ...asker,
    userId: userId === null ? null : ids.user(userId),
    teamId: teamId == null ? null : ids.team(teamId),
  };
}

export function readClaims<Claim extends Claims>(ids: HostIds, claims: Claim[]): Claim[] {
  return claims.map((claim) => {
    const { userId, teamId } = claim;
    if (userId === undefined && teamId === undefined) return claim;
    return {
      ...claim,
      ...(userId === undefined ? {} : { userId: ids.user(asWritten(userId, ids.types.users)) }),
      ...(teamId === undefined ? {} : { teamId: ids.team(asWritten(teamId, ids.types.teams)) }),
    };
  });
}

/** A browser does not know what ids are, and writes digits as a number. */
export function asWritten(id: HostId, type: IdType): HostId {
  return type === "text" && Number.isSafeInteger(id) ? String(id) : id;
}
