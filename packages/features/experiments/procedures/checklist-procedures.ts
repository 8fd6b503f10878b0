import { z } from "zod";
import type { AdminServices } from "../admin-services";
import { checklistItemIdSchema, checklistTextSchema } from "../types/checklist";
import { knownSlugSchema } from "../types/names";
import { mutation, queryAll } from "./procedure";

/** What the team checks before each start. */
export const checklistProcedures = ({ admin }: AdminServices) => ({
  list: queryAll((actor) => admin().checklist.list(actor)),
  add: mutation(z.object({ text: checklistTextSchema }), (actor, input) =>
    admin().checklist.add(actor, input.text),
  ),
  remove: mutation(z.object({ itemId: checklistItemIdSchema }), (actor, input) =>
    admin().checklist.remove(actor, input.itemId),
  ),
  check: mutation(
    z.object({ slug: knownSlugSchema, itemId: checklistItemIdSchema, isChecked: z.boolean() }),
    (actor, input) => admin().checklist.check(actor, input),
  ),
});
