import { sentence } from "@calcom/lib/sentence";
import { ExperimentError } from "../types/errors";
import { type HostId, type IdType, type IdTypes, INTEGER_IDS, parseHostId } from "../types/host-id";
import type { TargetingRules } from "../types/targeting-rules";

/** Checks ids that come from outside. Every door that takes an id calls this before it looks anything up. */
export interface HostIds {
  readonly types: IdTypes;
  /** @throws ExperimentError `invalid_id` */
  user(id: unknown, field?: string): HostId;
  /** @throws ExperimentError `invalid_id` */
  team(id: unknown, field?: string): HostId;
  /** @throws ExperimentError `invalid_id` */
  visitor(id: unknown): string;
}

export function createHostIds(types: IdTypes = INTEGER_IDS): HostIds {
  const { users, teams } = types;
  return {
    types,
    user: (id, field = "userId") => requireHostId(users, id, field),
    team: (id, field = "teamId") => requireHostId(teams, id, field),
    visitor: (id) => requireHostId("uuid", id, "visitorId") as string,
  };
}

/** The teams that rules name, each once, and as facts name them. @throws ExperimentError `invalid_id` */
export function readRuleIds(ids: HostIds, rules: TargetingRules): TargetingRules {
  const read = (name: "teamIds" | "organizationIds") => {
    const named = rules[name]?.map((id) => ids.team(id, `targetingRules.${name}`));
    return named === undefined ? {} : { [name]: [...new Set(named)] };
  };
  return { ...rules, ...read("teamIds"), ...read("organizationIds") };
}

function requireHostId(type: IdType, id: unknown, field: string): HostId {
  const parsed = parseHostId(type, id);
  if (parsed === null)
    throw new ExperimentError("invalid_id", sentence(SENTENCES[type], { id: show(id) }), { field });
  return parsed;
}

const SENTENCES: Record<IdType, string> = {
  integer: "{{id}} can’t be an ID. Use a whole number from 1 to 2147483647.",
  bigint: "{{id}} can’t be an ID. Use a whole number from 1 to 9223372036854775807.",
  uuid: "{{id}} can’t be an ID. Use a UUID, such as 6f1c2f0e-8d1b-4a54-9a53-0c1a9d6f2b7e.",
  text: "{{id}} can’t be an ID. Use text of 1 to 255 characters.",
};

const MOST_SHOWN = 40;

/** Texts in quotes, whatever they hold, and not all of a long one. */
function show(id: unknown): string {
  if (typeof id !== "string") return id === null || typeof id !== "object" ? String(id) : "This";
  const shown = JSON.stringify(id.slice(0, MOST_SHOWN).toWellFormed());
  return id.length > MOST_SHOWN ? `${shown.slice(0, -1)}…"` : shown;
}
