import { number, rowVersion } from "@calcom/lib/gate/numbers";
import { z } from "zod";
import type { AdminServices } from "../admin-services";
import { experimentInputSchema, experimentPatchSchema, nameSchema } from "../types/input";
import { knownSlugSchema, searchSchema, slugSchema } from "../types/names";
import { listFilterSchema } from "../types/views";
import { mutation, query } from "./procedure";

const bySlug = z.object({ slug: knownSlugSchema });

const listSchema = listFilterSchema.extend({
  page: number().int().min(1).max(100_000).default(1),
  pageSize: number().int().min(1).max(100).default(50),
});

/** Finds, shows and configures. */
export const catalogProcedures = ({ admin }: AdminServices) => ({
  list: query(listSchema.prefault({}), (actor, input) => admin().catalog.list(actor, input)),
  find: query(z.object({ text: searchSchema }), (actor, input) => admin().catalog.find(actor, input.text)),
  get: query(bySlug, (actor, input) => admin().catalog.get(actor, input.slug)),
  stats: query(bySlug, (actor, input) => admin().catalog.readStats(actor, input.slug)),
  create: mutation(experimentInputSchema, (actor, input) => admin().editing.create(actor, input)),
  duplicate: mutation(bySlug.extend({ newSlug: slugSchema, name: nameSchema }), (actor, input) =>
    admin().editing.duplicate(actor, input),
  ),
  // Of the state that somebody has looked at: a change that was made of any other state is refused.
  updateConfig: mutation(
    bySlug.extend({ version: rowVersion, patch: experimentPatchSchema }),
    (actor, input) => admin().editing.updateConfig(actor, input),
  ),
});
