import { rowVersion } from "@calcom/lib/gate/numbers";
import { z } from "zod";
import type { AdminServices } from "../admin-services";
import { metricChangeSchema, newMetricSchema } from "../types/metric-catalog";
import { metricKeySchema } from "../types/metrics";
import { unitSchema } from "../types/settings";
import { mutation, query, queryAll } from "./procedure";

const byKey = z.object({ key: metricKeySchema });

/** What experiments can measure: the metrics in code, and those that people make of its sources. */
export const metricProcedures = ({ admin }: AdminServices) => ({
  list: queryAll((actor) => admin().metricCatalog.list(actor)),
  sources: queryAll((actor) => admin().metricCatalog.listSources(actor)),
  get: query(byKey, (actor, input) => admin().metricCatalog.get(actor, input.key)),
  history: query(byKey.extend({ unit: unitSchema }), (actor, input) =>
    admin().metricHistory.read(actor, input),
  ),
  create: mutation(newMetricSchema, (actor, input) => admin().metricCatalog.create(actor, input)),
  change: mutation(byKey.extend({ revision: rowVersion, change: metricChangeSchema }), (actor, input) =>
    admin().metricCatalog.change(actor, input),
  ),
});
