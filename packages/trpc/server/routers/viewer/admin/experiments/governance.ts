import { EXPERIMENT_ROLES, experimentsAdmin } from "@calcom/features/experiments/server";
import { knownSlugSchema } from "@calcom/features/experiments/types";
import { z } from "zod";
import { experimentsProcedure } from "../../../../trpc";
import { rowIdSchema } from "./schemas";

const daySchema = z.iso.date("Give a day such as 2026-11-23.");
const activitySchema = z.object({
  slug: knownSlugSchema.optional(),
  actorId: rowIdSchema.optional(),
  from: daySchema.optional(),
  to: daySchema.optional(),
  /** The end of the page before. */
  cursor: z
    .string()
    .regex(/^[0-9]{1,18}$/)
    .nullish(),
});

export const governanceProcedures = {
  activity: experimentsProcedure
    .input(activitySchema.prefault({}))
    .query(({ ctx, input: { cursor, ...filter } }) =>
      experimentsAdmin().activity.list(ctx.actor, { ...filter, ...(cursor && { before: cursor }) }),
    ),

  exportActivity: experimentsProcedure
    .input(activitySchema.omit({ cursor: true }).prefault({}))
    .mutation(({ ctx, input }) => experimentsAdmin().activity.exportCsv(ctx.actor, input)),

  members: experimentsProcedure.query(({ ctx }) => experimentsAdmin().access.members(ctx.actor)),

  setRole: experimentsProcedure
    .input(
      z.object({
        email: z.email("This is not an email address. It looks like ada@example.com.").max(254),
        role: z.enum(EXPERIMENT_ROLES).nullable(),
      }),
    )
    .mutation(({ ctx, input }) => experimentsAdmin().access.setRole(ctx.actor, input)),
};
