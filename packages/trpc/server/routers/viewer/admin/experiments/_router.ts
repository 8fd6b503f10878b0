import { experimentsAdmin } from "@calcom/features/experiments/server";
import {
  calendarQuestionSchema,
  conclusionReasonSchema,
  experimentInputSchema,
  experimentPatchSchema,
  knownSlugSchema,
  learningSchema,
  listFilterSchema,
  metricKeySchema,
  nameSchema,
  plannedSubjectsSchema,
  searchSchema,
  slugSchema,
  variantNameSchema,
  withoutMetricSchema,
} from "@calcom/features/experiments/types";
import { number, rowVersion } from "@calcom/lib/gate/numbers";
import { z } from "zod";
import { experimentsProcedure, router } from "../../../../trpc";
import { audienceRouter } from "./audience";
import { bulkProcedures } from "./bulk";
import { flagMigrationRouter } from "./flag-migration";
import { governanceProcedures } from "./governance";
import { peopleRouter } from "./people";
import { previewLinksRouter } from "./preview-links";
import { reportsRouter } from "./reports";
import { resultsRouter } from "./results";
import { viewsRouter } from "./views";

const bySlug = z.object({ slug: knownSlugSchema });
/** The state that somebody has looked at. A change that was made of any other state is refused. */
const byVersion = bySlug.extend({ version: rowVersion });

/** Of an end, as far as somebody says it. */
const why = { reason: conclusionReasonSchema.optional(), learning: learningSchema.optional() };

const listSchema = listFilterSchema.extend({
  page: number().int().min(1).max(100_000).default(1),
  pageSize: number().int().min(1).max(100).default(50),
});

export const experimentsAdminRouter = router({
  list: experimentsProcedure
    .input(listSchema.prefault({}))
    .query(({ ctx, input }) => experimentsAdmin().catalog.list(ctx.actor, input)),

  /** What ran when. */
  calendar: experimentsProcedure
    .input(calendarQuestionSchema)
    .query(({ ctx, input }) => experimentsAdmin().calendar.list(ctx.actor, input)),

  find: experimentsProcedure
    .input(z.object({ text: searchSchema }))
    .query(({ ctx, input }) => experimentsAdmin().catalog.find(ctx.actor, input.text)),

  get: experimentsProcedure
    .input(bySlug)
    .query(({ ctx, input }) => experimentsAdmin().catalog.get(ctx.actor, input.slug)),

  stats: experimentsProcedure
    .input(bySlug)
    .query(({ ctx, input }) => experimentsAdmin().catalog.readStats(ctx.actor, input.slug)),

  /** What was recorded last, whether it counts, and what was not recorded. */
  feed: experimentsProcedure
    .input(bySlug)
    .query(({ ctx, input }) => experimentsAdmin().feed.read(ctx.actor, input.slug)),

  create: experimentsProcedure
    .input(experimentInputSchema)
    .mutation(({ ctx, input }) => experimentsAdmin().editing.create(ctx.actor, input)),

  duplicate: experimentsProcedure
    .input(bySlug.extend({ newSlug: slugSchema, name: nameSchema }))
    .mutation(({ ctx, input }) => experimentsAdmin().editing.duplicate(ctx.actor, input)),

  updateConfig: experimentsProcedure
    .input(byVersion.extend({ patch: experimentPatchSchema }))
    .mutation(({ ctx, input }) => experimentsAdmin().editing.updateConfig(ctx.actor, input)),

  updateStatus: experimentsProcedure
    .input(
      byVersion.extend({
        action: z.enum(["start", "pause", "resume", "turn_off", "turn_on", "archive"]),
        plannedSubjects: plannedSubjectsSchema.optional(),
        primaryMetric: metricKeySchema.optional(),
        withoutMetric: withoutMetricSchema.optional(),
      }),
    )
    .mutation(({ ctx, input }) => experimentsAdmin().lifecycle.updateStatus(ctx.actor, input)),

  setWinner: experimentsProcedure
    .input(byVersion.extend({ winnerVariant: variantNameSchema, ...why }))
    .mutation(({ ctx, input }) => experimentsAdmin().lifecycle.conclude(ctx.actor, input)),

  conclude: experimentsProcedure
    .input(byVersion.extend({ winnerVariant: variantNameSchema.nullable(), ...why }))
    .mutation(({ ctx, input }) => experimentsAdmin().lifecycle.conclude(ctx.actor, input)),

  takeBackWinner: experimentsProcedure
    .input(byVersion)
    .mutation(({ ctx, input }) => experimentsAdmin().lifecycle.takeBackWinner(ctx.actor, input)),

  delete: experimentsProcedure
    .input(byVersion.extend({ confirmSlug: knownSlugSchema.optional() }))
    .mutation(({ ctx, input }) => experimentsAdmin().lifecycle.delete(ctx.actor, input)),

  audience: audienceRouter,
  flagMigration: flagMigrationRouter,
  people: peopleRouter,
  previewLinks: previewLinksRouter,
  reports: reportsRouter,
  results: resultsRouter,
  views: viewsRouter,
  ...bulkProcedures,
  ...governanceProcedures,
});
