import { experimentsAdmin } from "@calcom/features/experiments/server";
import {
  experimentInputSchema,
  knownSlugSchema,
  metricKeySchema,
  planQuestionSchema,
  searchSchema,
  targetingRulesSchema,
  unitSchema,
} from "@calcom/features/experiments/types";
import { hostId } from "@calcom/lib/gate/numbers";
import { z } from "zod";
import { experimentsProcedure, router } from "../../../../trpc";

/** The audience that settings would reach, asked while somebody is still choosing them. */
export const audienceRouter = router({
  count: experimentsProcedure
    .input(z.object({ unit: unitSchema, targetingRules: targetingRulesSchema }))
    .query(({ ctx, input }) => experimentsAdmin().audience.count(ctx.actor, input)),

  tryOut: experimentsProcedure
    .input(
      z.object({
        slug: knownSlugSchema.optional(),
        input: experimentInputSchema.optional(),
        subjectId: hostId,
      }),
    )
    .query(({ ctx, input }) => experimentsAdmin().audience.tryOut(ctx.actor, input)),

  teams: experimentsProcedure
    .input(
      z.object({
        search: searchSchema.default(""),
        /** The teams that are chosen already, so that they have names too. */
        ids: z.array(hostId).max(1_000).default([]),
        onlyOrganizations: z.boolean().nullable().default(null),
      }),
    )
    .query(({ ctx, input }) => experimentsAdmin().audience.findTeams(ctx.actor, input)),

  people: experimentsProcedure
    .input(z.object({ search: searchSchema }))
    .query(({ ctx, input }) => experimentsAdmin().audience.findPeople(ctx.actor, input)),

  /** Forecasts how many come in a week, and what effect so many weeks can find. */
  forecast: experimentsProcedure
    .input(planQuestionSchema)
    .query(({ ctx, input }) => experimentsAdmin().planning.forecast(ctx.actor, input)),

  startChecklist: experimentsProcedure
    .input(z.object({ slug: knownSlugSchema, primaryMetric: metricKeySchema.optional() }))
    .query(({ ctx, input }) =>
      experimentsAdmin().planning.startChecklist(ctx.actor, input.slug, input.primaryMetric),
    ),

  attributes: experimentsProcedure.query(({ ctx }) => experimentsAdmin().audience.listAttributes(ctx.actor)),
});
