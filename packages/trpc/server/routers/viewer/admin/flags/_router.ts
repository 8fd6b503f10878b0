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
} from "@calcom/features/flags";
import { flagSchedule, flagsAdmin } from "@calcom/features/flags/server";
import { adminProcedure, router } from "../../../../trpc";

export const flagsAdminRouter = router({
  list: adminProcedure
    .input(flagListSchema.prefault({}))
    .query(({ ctx, input }) => flagsAdmin().list(ctx.actor, input)),

  setEnabled: adminProcedure
    .input(setEnabledSchema)
    .mutation(({ ctx, input }) => flagsAdmin().setEnabled(ctx.actor, input)),

  setStale: adminProcedure
    .input(setStaleSchema)
    .mutation(({ ctx, input }) => flagsAdmin().setStale(ctx.actor, input)),

  setRollout: adminProcedure
    .input(setRolloutSchema)
    .mutation(({ ctx, input }) => flagsAdmin().setRollout(ctx.actor, input)),

  create: adminProcedure
    .input(flagInputSchema)
    .mutation(({ ctx, input }) => flagsAdmin().create(ctx.actor, input)),

  delete: adminProcedure
    .input(flagSchema)
    .mutation(({ ctx, input }) => flagsAdmin().delete(ctx.actor, input)),

  subjects: adminProcedure
    .input(subjectsSchema)
    .query(({ ctx, input }) => flagsAdmin().subjects(ctx.actor, input)),

  assign: adminProcedure
    .input(assignSchema)
    .mutation(({ ctx, input }) => flagsAdmin().assign(ctx.actor, input)),

  /** What is planned. */
  schedule: router({
    list: adminProcedure.input(flagSchema).query(({ ctx, input }) => flagSchedule().list(ctx.actor, input)),

    add: adminProcedure
      .input(scheduleChangeSchema)
      .mutation(({ ctx, input }) => flagSchedule().add(ctx.actor, input)),

    update: adminProcedure
      .input(rescheduleSchema)
      .mutation(({ ctx, input }) => flagSchedule().update(ctx.actor, input)),

    remove: adminProcedure
      .input(scheduledChangeSchema)
      .mutation(({ ctx, input }) => flagSchedule().remove(ctx.actor, input)),
  }),
});
