import { experimentsAdmin } from "@calcom/features/experiments/server";
import { listFilterSchema, viewNameSchema } from "@calcom/features/experiments/types";
import { z } from "zod";
import { experimentsProcedure, router } from "../../../../trpc";

const byName = z.object({ name: viewNameSchema });

export const viewsRouter = router({
  list: experimentsProcedure.query(({ ctx }) => experimentsAdmin().views.list(ctx.actor)),

  save: experimentsProcedure
    .input(byName.extend({ filter: listFilterSchema }))
    .mutation(({ ctx, input }) => experimentsAdmin().views.save(ctx.actor, input)),

  delete: experimentsProcedure
    .input(byName)
    .mutation(({ ctx, input }) => experimentsAdmin().views.delete(ctx.actor, input.name)),
});
