import { experimentsAdmin } from "@calcom/features/experiments/server";
import {
  experimentInputSchema,
  experimentPatchSchema,
  knownSlugSchema,
  searchSchema,
  statusSchema,
  unitSchema,
  variantNameSchema,
} from "@calcom/features/experiments/types";
import { z } from "zod";
import { adminProcedure, router } from "../../../../trpc";

const bySlug = z.object({ slug: knownSlugSchema });
/** Names the state that was looked at: a change of any other one is refused. */
const byVersion = bySlug.extend({ version: z.number().int().positive() });

const listSchema = z.object({
  search: searchSchema.optional(),
  status: statusSchema.optional(),
  unit: unitSchema.optional(),
  page: z.number().int().min(1).max(100_000).default(1),
  pageSize: z.number().int().min(1).max(100).default(50),
});

export const experimentsAdminRouter = router({
  list: adminProcedure
    .input(listSchema.prefault({}))
    .query(({ ctx, input }) => experimentsAdmin().list(ctx.actor, input)),

  get: adminProcedure.input(bySlug).query(({ ctx, input }) => experimentsAdmin().get(ctx.actor, input.slug)),

  stats: adminProcedure
    .input(bySlug)
    .query(({ ctx, input }) => experimentsAdmin().stats(ctx.actor, input.slug)),

  create: adminProcedure
    .input(experimentInputSchema)
    .mutation(({ ctx, input }) => experimentsAdmin().create(ctx.actor, input)),

  updateConfig: adminProcedure
    .input(byVersion.extend({ patch: experimentPatchSchema }))
    .mutation(({ ctx, input }) => experimentsAdmin().updateConfig(ctx.actor, input)),

  updateStatus: adminProcedure
    .input(
      byVersion.extend({ action: z.enum(["start", "pause", "resume", "turn_off", "turn_on", "archive"]) }),
    )
    .mutation(({ ctx, input }) => experimentsAdmin().updateStatus(ctx.actor, input)),

  setWinner: adminProcedure
    .input(byVersion.extend({ winnerVariant: variantNameSchema }))
    .mutation(({ ctx, input }) => experimentsAdmin().conclude(ctx.actor, input)),

  conclude: adminProcedure
    .input(byVersion.extend({ winnerVariant: variantNameSchema.nullable() }))
    .mutation(({ ctx, input }) => experimentsAdmin().conclude(ctx.actor, input)),

  delete: adminProcedure
    .input(byVersion.extend({ confirmSlug: z.string().max(64).optional() }))
    .mutation(({ ctx, input }) => experimentsAdmin().delete(ctx.actor, input)),
});
