import type { Decision, Facts, ServedReason, UnservedReason } from "../types/answers";
import type { CompiledExperiment, CompiledGroup } from "./compile";
import { type FlagSaying, KEPT_VARIANTS } from "./former-flag";
import { hashFrom } from "./hash";
import { isInForce, type Override } from "./overrides";
import { type Caller, explainUncounted } from "./uncounted";
import { indexAt } from "./variant-assignment";

export interface Subject extends Caller {
  /** The id of the user, team or visitor, whichever the experiment's unit asks for; null if there is none. */
  readonly unitId: string | null;
  /** Read only if a targeting rule has to be answered. */
  readonly facts: Facts;
  /** Whether too many new subjects came from this address. */
  readonly isRateLimited: boolean;
  /** Read only of what was a flag, where its rows may decide; null if none says anything. */
  readonly said?: FlagSaying | null;
}

/** What the database holds for the subject, as far as deciding needs it. */
export interface StoredAssignment {
  readonly variant: string;
  readonly exposedAt: Date | null;
  /** It keeps what a flag had given, whatever the settings say. */
  readonly isImported?: boolean;
}

export interface Surroundings {
  /** Epoch milliseconds. */
  readonly now: number;
  /** A fresh integer in 0..2³²−1 from a cryptographic source. Only experiments of type random read it. */
  random(): number;
}

/**
 * Decides who sees what, and why: the decision table of the README, top to bottom.
 *
 * The same input always gives the same decision. Raising the traffic share never moves a subject that is in, and
 * changing weights never moves a subject that has a row. `allocated` asks for a row to be stored; if another request
 * was first, its row is the answer.
 */
export function decide(
  experiment: CompiledExperiment,
  subject: Subject,
  stored: StoredAssignment | null,
  override: Override | null,
  surroundings: Surroundings,
): Decision {
  if (isInForce(override, experiment, surroundings.now)) return served(override.variant, "override");
  if (experiment.winner !== null) return served(experiment.winner, "winner");
  const kept = findKept(experiment, subject, stored);
  if (kept !== null) return served(kept, "flag");
  if (!experiment.isLive) return unserved("not_running");
  const uncounted = explainUncounted(subject);
  if (uncounted !== null) return unserved(uncounted);
  if (subject.unitId === null) return unserved("no_unit");
  if (stored !== null && (stored.isImported || stored.exposedAt !== null))
    return served(stored.variant, "sticky");
  const isTargeted = experiment.targeting.matches(subject.facts);
  if (stored !== null && isTargeted) return served(stored.variant, "sticky");
  if (experiment.isPaused) return unserved("paused");
  if (!isTargeted) return unserved("not_targeted");
  if (!holdsItsSlots(experiment, subject.unitId)) return unserved("excluded");
  if (!isInTraffic(experiment, subject.unitId)) return unserved("not_in_traffic");
  if (subject.isRateLimited) return unserved("rate_limited");
  return allocate(experiment, subject.unitId, surroundings);
}

/** What a flag gives, where it is not the experiment that decides; null where the experiment does. */
function findKept(
  { flag, isLive, unit }: CompiledExperiment,
  subject: Subject,
  stored: StoredAssignment | null,
): string | null {
  const { unitId, said = null } = subject;
  if (flag?.answers) {
    const isOn = said?.isOn ?? (flag.isOnForAll || null);
    return isOn === null ? null : variantFor(isOn);
  }
  if (flag === null || !isLive) return null;
  // A person who is not a participant, or has a row of their own in an experiment on teams, gets what the flag gives.
  if (said !== null && (unitId === null || (unit === "team" && said.isOwn))) return variantFor(said.isOn);
  // An imported row is a person's own also where nothing may be counted.
  return stored?.isImported && explainUncounted(subject) !== null ? stored.variant : null;
}

function variantFor(isOn: boolean): string {
  return isOn ? KEPT_VARIANTS.on : KEPT_VARIANTS.off;
}

/** In every exclusion group that the experiment names, the subject must fall into one of its ranges. */
function holdsItsSlots({ groups }: CompiledExperiment, unitId: string): boolean {
  for (const group of groups) if (!holdsSlot(group, unitId)) return false;
  return true;
}

/** Whether the subject falls into one of the ranges that the experiment has of this group. */
export function holdsSlot({ hash, ranges }: CompiledGroup, unitId: string): boolean {
  const slot = hashFrom(hash, unitId);
  return ranges.some(({ from, to }) => slot >= from && slot < to);
}

function isInTraffic({ traffic }: CompiledExperiment, unitId: string): boolean {
  return traffic === null || hashFrom(traffic.hash, unitId) < traffic.end;
}

function allocate(experiment: CompiledExperiment, unitId: string, surroundings: Surroundings): Decision {
  const position = experiment.isRandom ? surroundings.random() : hashFrom(experiment.variantHash, unitId);
  const variant = experiment.variants[indexAt(experiment.boundaries, position)];
  // Only configurations without variants get here; legacy rows may have none.
  return variant === undefined ? unserved("not_running") : served(variant, "allocated");
}

function served(variant: string, reason: ServedReason): Decision {
  return { variant, reason };
}

function unserved(reason: UnservedReason): Decision {
  return { variant: null, reason };
}
