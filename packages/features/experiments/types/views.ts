import { hostId } from "@calcom/lib/gate/numbers";
import { trimmedText } from "@calcom/lib/gate/text";
import { z } from "zod";
import { LIST_SORTS } from "./admin";
import { PROBLEMS } from "./health";
import { searchSchema, tagSchema } from "./names";
import { statusSchema, unitSchema } from "./settings";

/** What a list may be asked for, but for its page. */
export const listFilterSchema = z.object({
  search: searchSchema.optional(),
  status: statusSchema.optional(),
  unit: unitSchema.optional(),
  ownerId: hostId.optional(),
  tag: tagSchema.optional(),
  needsAttention: z.boolean().optional(),
  problem: z.enum(PROBLEMS).optional(),
  sort: z.enum(LIST_SORTS).optional(),
});
export type ListFilter = z.infer<typeof listFilterSchema>;

export const viewNameSchema = trimmedText(60, "Use at most 60 characters.").min(1, "Enter a name.");
export const MAX_VIEWS = 20;

/** A filter that somebody keeps under a name. */
export interface SavedView {
  name: string;
  filter: ListFilter;
}
