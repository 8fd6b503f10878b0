import { moment } from "@calcom/lib/gate/moments";
import { number, rowId } from "@calcom/lib/gate/numbers";
import { z } from "zod";
import type { HostId } from "../../experiments/types";
import { type Rollout, rolloutSchema } from "../rollout";
import { namedSlugSchema } from "../slugs";

/** The most that may be planned for one flag. */
export const MOST_SCHEDULED = 20;

/** What happens to the flag. A share says for whom it is on while it is, and switches nothing. */
export const flagChangeSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("on") }),
  z.strictObject({ kind: z.literal("off") }),
  z.strictObject({ kind: z.literal("rollout"), rollout: rolloutSchema.nullable() }),
]);
export type FlagChange = z.infer<typeof flagChangeSchema>;

const plan = { at: moment("Choose a date and time."), change: flagChangeSchema };
export const scheduleChangeSchema = z.strictObject({ slug: namedSlugSchema, ...plan });
export type ScheduleChangeInput = z.infer<typeof scheduleChangeSchema>;

/** One that is there, as somebody saw it: whatever was made of it since is not overwritten. */
const seen = { slug: namedSlugSchema, id: rowId, version: number().int().min(1) };
export const rescheduleSchema = z.strictObject({ ...seen, ...plan });
export type RescheduleInput = z.infer<typeof rescheduleSchema>;

export const scheduledChangeSchema = z.strictObject(seen);
export type ScheduledChangeInput = z.infer<typeof scheduledChangeSchema>;

/**
 * Somebody switched the flag by hand, it became an experiment, or whoever planned the change is no administrator any
 * more.
 */
export type DropReason = "switched" | "converted" | "not_allowed";

export interface ScheduledChange {
  id: number;
  /** For whoever edits or removes it. */
  version: number;
  at: Date;
  change: FlagChange;
  /** Null where the account is gone. */
  plannedBy: { id: HostId; name: string } | null;
  /** Why it will not happen; null while it is planned. */
  dropped: { reason: DropReason; at: Date } | null;
}

export interface FlagSchedule {
  /** By their time, and then those that were dropped, the newest first. */
  changes: ScheduledChange[];
}

/** What the list of flags says. */
export interface ScheduleSummary {
  planned: number;
  dropped: number;
  /** The first of those that are planned. */
  next: { at: Date; change: FlagChange } | null;
}

/** How the table has a change. */
export interface StoredChange {
  enabled: boolean | null;
  rolloutPercentage: number | null;
  rolloutUnit: Rollout["unit"] | null;
}

export function readChange({ enabled, rolloutPercentage, rolloutUnit }: StoredChange): FlagChange {
  if (enabled !== null) return { kind: enabled ? "on" : "off" };
  const isForAll = rolloutPercentage === null || rolloutUnit === null;
  return {
    kind: "rollout",
    rollout: isForAll ? null : { percentage: rolloutPercentage, unit: rolloutUnit },
  };
}

/** All of them is for everybody. */
export function storedChange(change: FlagChange): StoredChange {
  if (change.kind !== "rollout")
    return { enabled: change.kind === "on", rolloutPercentage: null, rolloutUnit: null };
  const { percentage = 100, unit = null } = change.rollout ?? {};
  if (percentage === 100) return { enabled: null, rolloutPercentage: null, rolloutUnit: null };
  return { enabled: null, rolloutPercentage: percentage, rolloutUnit: unit };
}
