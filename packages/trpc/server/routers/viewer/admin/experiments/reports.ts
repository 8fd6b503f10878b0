import { experimentsAdmin } from "@calcom/features/experiments/server";
import { knownSlugSchema, linkIdSchema, reportLinkDaysSchema } from "@calcom/features/experiments/types";
import { z } from "zod";
import { experimentsProcedure, router } from "../../../../trpc";

const bySlug = z.object({ slug: knownSlugSchema });

export const reportsRouter = router({
  /** A mutation, because it leaves a line in the audit log. */
  export: experimentsProcedure
    .input(bySlug)
    .mutation(({ ctx, input }) => experimentsAdmin().reports.export(ctx.actor, input.slug)),

  listLinks: experimentsProcedure
    .input(bySlug)
    .query(({ ctx, input }) => experimentsAdmin().reports.listLinks(ctx.actor, input.slug)),

  mintLink: experimentsProcedure
    .input(bySlug.extend({ days: reportLinkDaysSchema }))
    .mutation(({ ctx, input }) => experimentsAdmin().reports.mintLink(ctx.actor, input)),

  revokeLink: experimentsProcedure
    .input(bySlug.extend({ id: linkIdSchema }))
    .mutation(({ ctx, input }) => experimentsAdmin().reports.revokeLink(ctx.actor, input)),
});
