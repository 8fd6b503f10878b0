import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { anIdentity } from "../database-fixtures";
import { pick } from "./command";
import type { Browser, From, Model } from "./model";

export const index = fc.nat({ max: 99 });
export const who = fc.record({
  browser: index,
  team: fc.option(index, { nil: undefined }),
  node: index,
  isFromHere: fc.boolean(),
});

export interface Who {
  browser: number;
  team?: number | undefined;
  node: number;
  /** The page before was one of the same site. */
  isFromHere: boolean;
}

/** The request of a page: where there is no cookie its visitor is made for it, unless it was opened from this site. */
export function pageOf(model: Model, asked: Who) {
  const browser = pick(model.browsers, asked.browser);
  const isUnknown = browser.isNew || browser.isBlocking;
  const isFirstSight = isUnknown && !asked.isFromHere;
  if (browser.isBlocking) browser.visitorId = randomUUID();
  browser.isNew = false;
  return requestOf(model, asked, {
    userId: browser.userId,
    visitorId: isUnknown && !isFirstSight ? null : browser.visitorId,
    isFirstSight,
  });
}

/** A report of a page: the cookie says who is there, and the page whom it showed a variant. */
export function reportOf(model: Model, asked: Who, { unit }: { unit: string }) {
  const browser = pick(model.browsers, asked.browser);
  browser.isNew = false;
  const visitorId = browser.isBlocking ? null : browser.visitorId;
  const request = requestOf(model, asked, { userId: browser.userId, visitorId, isFirstSight: false });
  if (unit !== "visitor") return request;
  // Of another visitor it is not looked at any further.
  const isRefused = request.isRefused && !browser.isBlocking;
  return { ...request, isRefused, claims: { ...request.claims, visitorId: browser.visitorId } };
}

/** The team of a request, and whether its claim to the team must be refused. */
function requestOf(
  model: Model,
  { browser: which, team: ofTeam }: Who,
  from: From & { isFirstSight: boolean },
) {
  const browser: Browser = pick(model.browsers, which);
  const team = ofTeam === undefined ? undefined : pick(model.teams, ofTeam);
  const isRefused = team !== undefined && (from.userId === null || !team.memberIds.includes(from.userId));
  const claims = team === undefined ? {} : { teamId: team.id };
  return { browser, from, teamId: team?.id, isRefused, claims, identity: anIdentity(from) };
}
