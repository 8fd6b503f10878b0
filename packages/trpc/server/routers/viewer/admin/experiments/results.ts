import { experimentResults, experimentsAdmin } from "@calcom/features/experiments/server";
import { knownSlugSchema, rangeSchema } from "@calcom/features/experiments/types";
import { z } from "zod";
import { experimentsProcedure, router } from "../../../../trpc";

const bySlug = z.object({ slug: knownSlugSchema });

export const resultsRouter = router({
  get: experimentsProcedure
    .input(bySlug)
    .query(({ ctx, input }) => experimentResults().get(ctx.actor, input.slug)),

  latest: experimentsProcedure
    .input(bySlug)
    .query(({ ctx, input }) => experimentResults().latest(ctx.actor, input.slug)),

  refresh: experimentsProcedure
    .input(bySlug)
    .mutation(({ ctx, input }) => experimentResults().refresh(ctx.actor, input.slug)),

  /** What the result would be if the experiment ended now. */
  previewEnd: experimentsProcedure
    .input(bySlug)
    .query(({ ctx, input }) => experimentResults().previewEnd(ctx.actor, input.slug)),

  exportCsv: experimentsProcedure
    .input(bySlug)
    .mutation(({ ctx, input }) => experimentResults().exportCsv(ctx.actor, input.slug)),

  exportJson: experimentsProcedure
    .input(bySlug)
    .mutation(({ ctx, input }) => experimentResults().exportJson(ctx.actor, input.slug)),

  /** What participants brought who came on these days, without a comparison. */
  range: experimentsProcedure
    .input(bySlug.extend({ range: rangeSchema }))
    .query(({ ctx, input }) => experimentResults().describeRange(ctx.actor, input.slug, input.range)),

  /** A mutation, because it leaves a line in the audit log. */
  lookEarly: experimentsProcedure
    .input(bySlug)
    .mutation(({ ctx, input }) => experimentResults().lookEarly(ctx.actor, input.slug)),

  metrics: experimentsProcedure.query(({ ctx }) => experimentsAdmin().metricCatalog.listKnown(ctx.actor)),
});
