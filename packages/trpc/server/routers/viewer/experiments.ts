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

/** `experimentSlug` is another name of `slug`, in every call: questions called it so first, and reports the other. */
function bothNames<Schema extends z.ZodType<{ slug?: string | undefined }>>(schema: Schema) {
  type Named = z.input<Schema>;
  type Either = Named | (Omit<Named, "slug"> & { experimentSlug: string });
  return z.preprocess<unknown, Schema, Either>(nameSlug, schema);
}

function nameSlug(input: unknown): unknown {
  if (typeof input !== "object" || input === null || !("experimentSlug" in input) || "slug" in input)
    return input;
  const { experimentSlug: slug, ...rest } = input;
  return { ...rest, slug };
}

const requestSchema = bothNames(claimsSchema.extend({ slug: knownSlugSchema }));

/** In a batch, a slug alone is a question too: a query travels in its address, which is parsed several times. */
const questionSchema = z.preprocess<unknown, typeof requestSchema, string | z.input<typeof requestSchema>>(
  (input) => (typeof input === "string" ? { slug: input } : input),
  requestSchema,
);

/** The questions of pages. The request says who the caller is, and the input may only repeat that. */
export const experimentsRouter = router({
  getVariant: publicProcedure.input(requestSchema).query(async ({ ctx, input }) => {
    const [answer] = await experiments().decide(ctx.identity, [input]);
    return answer;
  }),

  getVariants: publicProcedure
    .input(z.object({ requests: z.array(questionSchema).min(1).max(MAX_BATCH) }))
    .query(({ ctx, input }) => experiments().decide(ctx.identity, input.requests)),

  listActiveExperiments: publicProcedure
    .input(z.object({ after: knownSlugSchema.optional() }).optional())
    .query(({ input }) => experiments().listActive(input)),

  trackExposure: publicProcedure
    .input(bothNames(exposureSchema))
    .mutation(({ ctx, input }) => experiments().recordExposures(ctx.identity, [input])),

  trackConversion: publicProcedure
    .input(bothNames(conversionSchema))
    .mutation(({ ctx, input }) => experiments().recordConversions(ctx.identity, [input])),
});
