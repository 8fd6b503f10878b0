import { z } from "zod";
import type { AdminServices } from "../admin-services";
import { knownSlugSchema } from "../types/names";
import { mutation, query, queryAll } from "./procedure";

const bySlug = z.object({ slug: knownSlugSchema });

/** What came of it so far. What leaves a line in the audit log is a mutation. */
export const resultsProcedures = ({ results }: AdminServices) => ({
  get: query(bySlug, (actor, input) => results().get(actor, input.slug)),
  latest: query(bySlug, (actor, input) => results().latest(actor, input.slug)),
  refresh: mutation(bySlug, (actor, input) => results().refresh(actor, input.slug)),
  /** What the result would be if the experiment ended now. */
  previewEnd: query(bySlug, (actor, input) => results().previewEnd(actor, input.slug)),
  exportCsv: mutation(bySlug, (actor, input) => results().exportCsv(actor, input.slug)),
  exportJson: mutation(bySlug, (actor, input) => results().exportJson(actor, input.slug)),
  lookEarly: mutation(bySlug, (actor, input) => results().lookEarly(actor, input.slug)),
  metrics: queryAll((actor) => results().listMetrics(actor)),
});
