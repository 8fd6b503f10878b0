import { experiments } from "@calcom/features/experiments/server";
import {
  claimsSchema,
  conversionSchema,
  exposureSchema,
  knownSlugSchema,
  MAX_BATCH,
} from "@calcom/features/experiments/types";
import { z } from "zod";
import { publicProcedure, router } from "../../trpc";

const requestSchema = claimsSchema.extend({ experimentSlug: knownSlugSchema });

/** The questions of pages. The request says who the caller is, and the input may only repeat that. */
export const experimentsRouter = router({
  getVariant: publicProcedure.input(requestSchema).query(async ({ ctx, input }) => {
    const { experimentSlug: slug, ...claims } = input;
    const [answer] = await experiments().decide(ctx.identity, [{ slug, ...claims }]);
    return answer;
  }),

  getVariants: publicProcedure
    .input(z.object({ requests: z.array(requestSchema).min(1).max(MAX_BATCH) }))
    .query(({ ctx, input }) =>
      experiments().decide(
        ctx.identity,
        input.requests.map(({ experimentSlug: slug, ...claims }) => ({ slug, ...claims })),
      ),
    ),

  listActiveExperiments: publicProcedure
    .input(z.object({ after: knownSlugSchema.optional() }).optional())
    .query(({ input }) => experiments().listActive(input)),

  trackExposure: publicProcedure
    .input(exposureSchema)
    .mutation(({ ctx, input }) => experiments().recordExposures(ctx.identity, [input])),

  trackConversion: publicProcedure
    .input(conversionSchema)
    .mutation(({ ctx, input }) => experiments().recordConversions(ctx.identity, [input])),
});
