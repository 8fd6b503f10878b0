import { fc } from "@fast-check/vitest";
import { anIdentity } from "../database-fixtures";
import { pick } from "./command";
import type { Model } from "./model";

export const index = fc.nat({ max: 99 });
export const who = fc.record({ browser: index, team: fc.option(index, { nil: undefined }), node: index });

export interface Who {
  browser: number;
  team?: number | undefined;
  node: number;
}

/** The browser and the team of a request, and whether its claim to the team must be refused. */
export function requestOf(model: Model, { browser: which, team: ofTeam }: Who) {
  const browser = pick(model.browsers, which);
  const team = ofTeam === undefined ? undefined : pick(model.teams, ofTeam);
  const isRefused =
    team !== undefined && (browser.userId === null || !team.memberIds.includes(browser.userId));
  const claims = team === undefined ? {} : { teamId: team.id };
  return { browser, teamId: team?.id, isRefused, claims, identity: anIdentity({ ...browser }) };
}
