import type { HostIds } from "../utils/host-ids";
import type { ExperimentsService } from "./experiments.service";
import { readAsker, readClaims, readIdentity, readSubject } from "./read-identity";

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
    isOthersVisitor: async (userId, visitorId) =>
      service.isOthersVisitor(ids.user(userId), ids.visitor(visitorId)),
    forgetSubject: async (subject) => service.forgetSubject(readSubject(ids, subject)),
    forgetVisitor: async (visitorId) => service.forgetVisitor(ids.visitor(visitorId)),
    answerFlags: async (asker, ...rest) => service.answerFlags(readAsker(ids, asker), ...rest),
  };
}
