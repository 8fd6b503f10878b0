import { experimentsAdmin } from "@calcom/features/experiments/server";
import {
  checklistItemIdSchema,
  checklistTextSchema,
  knownSlugSchema,
} from "@calcom/features/experiments/types";
import { z } from "zod";
import { experimentsProcedure, router } from "../../../../trpc";

/** What the team checks before each start. */
export const checklistRouter = router({
  list: experimentsProcedure.query(({ ctx }) => experimentsAdmin().checklist.list(ctx.actor)),

  add: experimentsProcedure
    .input(z.object({ text: checklistTextSchema }))
    .mutation(({ ctx, input }) => experimentsAdmin().checklist.add(ctx.actor, input.text)),

  remove: experimentsProcedure
    .input(z.object({ itemId: checklistItemIdSchema }))
    .mutation(({ ctx, input }) => experimentsAdmin().checklist.remove(ctx.actor, input.itemId)),

  check: experimentsProcedure
    .input(z.object({ slug: knownSlugSchema, itemId: checklistItemIdSchema, isChecked: z.boolean() }))
    .mutation(({ ctx, input }) => experimentsAdmin().checklist.check(ctx.actor, input)),
});
