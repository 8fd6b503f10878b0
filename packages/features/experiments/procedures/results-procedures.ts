import { z } from "zod";
import type { AdminServices } from "../admin-services";
import { knownSlugSchema } from "../types/names";
import { rangeSchema } from "../types/range";
import { mutation, query, queryAll } from "./procedure";

const bySlug = z.object({ slug: knownSlugSchema });

/** What came of it so far. What leaves a line in the audit log is a mutation. */
export const resultsProcedures = ({ admin, results }: AdminServices) => ({
  get: query(bySlug, (actor, input) => results().get(actor, input.slug)),
  latest: query(bySlug, (actor, input) => results().latest(actor, input.slug)),
  refresh: mutation(bySlug, (actor, input) => results().refresh(actor, input.slug)),
  /** What the result would be if the experiment ended now. */
  previewEnd: query(bySlug, (actor, input) => results().previewEnd(actor, input.slug)),
  exportCsv: mutation(bySlug, (actor, input) => results().exportCsv(actor, input.slug)),
  exportJson: mutation(bySlug, (actor, input) => results().exportJson(actor, input.slug)),
  /** What participants brought who came on these days, without a comparison. */
  range: query(bySlug.extend({ range: rangeSchema }), (actor, input) =>
    results().describeRange(actor, input.slug, input.range),
  ),
  lookEarly: mutation(bySlug, (actor, input) => results().lookEarly(actor, input.slug)),
  metrics: queryAll((actor) => admin().metricCatalog.listKnown(actor)),
});
