import type { Json } from "@calcom/lib/json";
import type { HostId } from "./host-id";
import type { AssignmentType, Plan, Unit } from "./settings";

/** What is known about a subject. Only the server loads it, and only if a rule needs it. */
export interface Facts {
  plan: Plan | null;
  teamIds: readonly HostId[];
  organizationIds: readonly HostId[];
  attributes: Readonly<Record<string, unknown>>;
}

/** For a subject about whom nothing is known, or nothing was asked. */
export const NO_FACTS: Facts = { plan: null, teamIds: [], organizationIds: [], attributes: {} };

export const SERVED_REASONS = ["override", "winner", "flag", "sticky", "allocated"] as const;
export type ServedReason = (typeof SERVED_REASONS)[number];
export const UNSERVED_REASONS = [
  "not_running",
  "bot",
  "no_unit",
  "no_consent",
  "paused",
  "not_targeted",
  "excluded",
  "not_in_traffic",
  "rate_limited",
  "unavailable",
] as const;
export type UnservedReason = (typeof UNSERVED_REASONS)[number];
export type Reason = ServedReason | UnservedReason;

export type Decision = { variant: string; reason: ServedReason } | { variant: null; reason: UnservedReason };

/** A decision as it leaves the server. */
export type ExperimentAnswer = Decision & {
  slug: string;
  unit: Unit | null;
  /** The subject that was decided for, such as `user:12`; null if there is none. */
  subject: string | null;
  /** Whether to show what has always been there. Also true without a variant. */
  isControl: boolean;
  isNewAssignment: boolean;
  assignmentType: AssignmentType | null;
  payload: Json | null;
};
