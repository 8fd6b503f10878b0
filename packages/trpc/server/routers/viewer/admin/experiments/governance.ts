import { emailSchema } from "@calcom/features/auth";
import { EXPERIMENT_ROLES, experimentsAdmin } from "@calcom/features/experiments/server";
import { knownSlugSchema } from "@calcom/features/experiments/types";
import { day } from "@calcom/lib/gate/moments";
import { hostId } from "@calcom/lib/gate/numbers";
import { text } from "@calcom/lib/gate/text";
import { z } from "zod";
import { experimentsProcedure } from "../../../../trpc";

const daySchema = day("Enter a date such as 2026-11-23.");
const activitySchema = z.object({
  slug: knownSlugSchema.optional(),
  actorId: hostId.optional(),
  from: daySchema.optional(),
  to: daySchema.optional(),
  /** Changes of experiments alone: neither who looked, nor files, links and roles. */
  changesOnly: z.literal(true).optional(),
  /** The end of the page before. */
  cursor: text(18)
    .regex(/^[0-9]+$/)
    .nullish(),
});

export const governanceProcedures = {
  activity: experimentsProcedure
    .input(activitySchema.prefault({}))
    .query(({ ctx, input: { cursor, ...filter } }) =>
      experimentsAdmin().activity.list(ctx.actor, { ...filter, ...(cursor && { before: cursor }) }),
    ),

  exportActivity: experimentsProcedure
    .input(activitySchema.omit({ cursor: true, changesOnly: true }).prefault({}))
    .mutation(({ ctx, input }) => experimentsAdmin().activity.exportCsv(ctx.actor, input)),

  members: experimentsProcedure.query(({ ctx }) => experimentsAdmin().access.members(ctx.actor)),

  setRole: experimentsProcedure
    .input(
      z.object({
        email: emailSchema,
        role: z.enum(EXPERIMENT_ROLES).nullable(),
      }),
    )
    .mutation(({ ctx, input }) => experimentsAdmin().access.setRole(ctx.actor, input)),
};
