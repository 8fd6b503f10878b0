import { experimentsAdmin } from "@calcom/features/experiments/server";
import {
  metricChangeSchema,
  metricKeySchema,
  newMetricSchema,
  unitSchema,
} from "@calcom/features/experiments/types";
import { rowVersion } from "@calcom/lib/gate/numbers";
import { z } from "zod";
import { experimentsProcedure, router } from "../../../../trpc";

const byKey = z.object({ key: metricKeySchema });

/** What experiments can measure: the metrics in code, and those that people make of its sources. */
export const metricsRouter = router({
  list: experimentsProcedure.query(({ ctx }) => experimentsAdmin().metricCatalog.list(ctx.actor)),

  sources: experimentsProcedure.query(({ ctx }) => experimentsAdmin().metricCatalog.listSources(ctx.actor)),

  get: experimentsProcedure
    .input(byKey)
    .query(({ ctx, input }) => experimentsAdmin().metricCatalog.get(ctx.actor, input.key)),

  history: experimentsProcedure
    .input(byKey.extend({ unit: unitSchema }))
    .query(({ ctx, input }) => experimentsAdmin().metricHistory.read(ctx.actor, input)),

  create: experimentsProcedure
    .input(newMetricSchema)
    .mutation(({ ctx, input }) => experimentsAdmin().metricCatalog.create(ctx.actor, input)),

  change: experimentsProcedure
    .input(byKey.extend({ revision: rowVersion, change: metricChangeSchema }))
    .mutation(({ ctx, input }) => experimentsAdmin().metricCatalog.change(ctx.actor, input)),
});
