import { experimentPreviews } from "@calcom/features/experiments/server";
import { knownSlugSchema, linkIdSchema } from "@calcom/features/experiments/types";
import { number } from "@calcom/lib/gate/numbers";
import { z } from "zod";
import { experimentsProcedure, router } from "../../../../trpc";

const bySlug = z.object({ slug: knownSlugSchema });

export const previewLinksRouter = router({
  list: experimentsProcedure
    .input(bySlug)
    .query(({ ctx, input }) => experimentPreviews().listLinks(ctx.actor, input.slug)),

  mint: experimentsProcedure
    .input(bySlug.extend({ days: number().int().min(1).max(30) }))
    .mutation(({ ctx, input }) => experimentPreviews().mintLinks(ctx.actor, input)),

  revoke: experimentsProcedure
    .input(bySlug.extend({ id: linkIdSchema }))
    .mutation(({ ctx, input }) => experimentPreviews().revokeLinks(ctx.actor, input)),
});
