import type { HostId, IdType } from "../types/host-id";
import type { Claims } from "../types/reports";
import type { HostIds } from "../utils/host-ids";
import type { CreditOptions } from "./crediting.service";
import type { ExperimentsService } from "./experiments.service";
import type { FlagAsker } from "./flag-answers.service";
import type { Identity, NamedSubject } from "./identity";

/**
 * The same service, for callers who may write an id in another way than the database, or write one that is none: behind
 * it equal ids are equal values. Statements are shared with other requests, and an id that no row can have would fail
 * them all. What is credited reads its ids itself, as it must not reject within a transaction.
 */
export function readIds(service: ExperimentsService, ids: HostIds): ExperimentsService {
  return {
    ...service,
    decide: async (identity, requests, ...rest) =>
      service.decide(readIdentity(ids, identity), readClaims(ids, requests), ...rest),
    foresee: async (identity, requests, ...rest) =>
      service.foresee(readIdentity(ids, identity), readClaims(ids, requests), ...rest),
    decideFor: async (subject, slugs) => service.decideFor(readSubject(ids, subject), slugs),
    exposeFor: async (subject, slugs) => service.exposeFor(readSubject(ids, subject), slugs),
    recordExposures: async (identity, reports) =>
      service.recordExposures(readIdentity(ids, identity), readClaims(ids, reports)),
    recordConversions: async (identity, reports) =>
      service.recordConversions(readIdentity(ids, identity), readClaims(ids, reports)),
    linkVisitor: async (userId, visitorId) => service.linkVisitor(ids.user(userId), ids.visitor(visitorId)),
    forgetSubject: async (subject) => service.forgetSubject(readSubject(ids, subject)),
    forgetVisitor: async (visitorId) => service.forgetVisitor(ids.visitor(visitorId)),
    answerFlags: async (asker, ...rest) => service.answerFlags(readAsker(ids, asker), ...rest),
  };
}

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

/** Whoever is credited: an identity that a request was checked for, or the one who is named. */
export function readCredited(ids: HostIds, { subject, team, ...options }: CreditOptions): CreditOptions {
  return {
    ...options,
    subject: "hasConsent" in subject ? readIdentity(ids, subject) : readSubject(ids, subject),
    ...(team === undefined ? {} : { team: ids.team(team) }),
  };
}

function readAsker(ids: HostIds, asker: FlagAsker): FlagAsker {
  const { userId, teamId } = asker;
  return {
    ...asker,
    userId: userId === null ? null : ids.user(userId),
    teamId: teamId == null ? null : ids.team(teamId),
  };
}

function readClaims<Claim extends Claims>(ids: HostIds, claims: Claim[]): Claim[] {
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
function asWritten(id: HostId, type: IdType): HostId {
  return type === "text" ? String(id) : id;
}
