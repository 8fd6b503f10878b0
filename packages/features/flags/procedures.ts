import { mutation, query } from "../experiments/procedures";
import type { Flags } from "./create-flags";
import {
  assignSchema,
  flagInputSchema,
  flagListSchema,
  flagSchema,
  rescheduleSchema,
  scheduleChangeSchema,
  scheduledChangeSchema,
  setEnabledSchema,
  setRolloutSchema,
  setStaleSchema,
  subjectsSchema,
} from "./types";

/** Flags as their page asks for them: the one contract of tRPC here and of the route elsewhere. */
export function createFlagProcedures(flags: () => Pick<Flags, "admin" | "schedule">) {
  return {
    list: query(flagListSchema.prefault({}), (actor, input) => flags().admin.list(actor, input)),
    setEnabled: mutation(setEnabledSchema, (actor, input) => flags().admin.setEnabled(actor, input)),
    setStale: mutation(setStaleSchema, (actor, input) => flags().admin.setStale(actor, input)),
    setRollout: mutation(setRolloutSchema, (actor, input) => flags().admin.setRollout(actor, input)),
    create: mutation(flagInputSchema, (actor, input) => flags().admin.create(actor, input)),
    delete: mutation(flagSchema, (actor, input) => flags().admin.delete(actor, input)),
    /** Who has it, and why. */
    subjects: query(subjectsSchema, (actor, input) => flags().admin.subjects(actor, input)),
    assign: mutation(assignSchema, (actor, input) => flags().admin.assign(actor, input)),
    /** What is planned. */
    schedule: {
      list: query(flagSchema, (actor, input) => flags().schedule.list(actor, input)),
      add: mutation(scheduleChangeSchema, (actor, input) => flags().schedule.add(actor, input)),
      update: mutation(rescheduleSchema, (actor, input) => flags().schedule.update(actor, input)),
      remove: mutation(scheduledChangeSchema, (actor, input) => flags().schedule.remove(actor, input)),
    },
  };
}

export type FlagProcedures = ReturnType<typeof createFlagProcedures>;
