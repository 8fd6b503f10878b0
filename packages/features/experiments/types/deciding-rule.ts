import type { HostId } from "./host-id";
import type { Status } from "./settings";

/** The parts of targeting rules that can fail by themselves. */
export const TARGETING_PARTS = [
  "plans",
  "teamIds",
  "organizationIds",
  "excludeOrganizations",
  "userAttributes",
] as const;
export type TargetingPart = (typeof TARGETING_PARTS)[number];

/** Whose row of a flag it is; a rollout has none. */
export type FlagLevel = "user" | "team" | "organization" | "rollout";

/** What decided, with what there is to say of it. */
export type DecidingRule =
  | { code: "winner" | "flag_default" | "exposed" | "matching" | "imported" | "hash" | "draw" | "paused" }
  | { code: "flag_row"; level: FlagLevel; team: { id: HostId; name: string } | null }
  | { code: "status"; status: Status }
  | { code: "targeting"; unmet: TargetingPart[] }
  | { code: "groups"; names: string[] }
  | { code: "traffic"; percentage: number }
  | { code: "no_unit" | "other" };
