import { rowVersion } from "@calcom/lib/gate/numbers";
import type { Refusal } from "@calcom/lib/sentence";
import { z } from "zod";
import type { ExperimentSummary } from "./admin";
import { knownSlugSchema, tagSchema } from "./names";

export const MAX_BULK = 100;

/** What can be done to several at once: nothing that ends or deletes what is under way. */
export const bulkChangeSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("pause") }),
  z.object({ kind: z.literal("archive") }),
  z.object({ kind: z.literal("tag"), tag: tagSchema }),
]);
export type BulkChange = z.infer<typeof bulkChangeSchema>;

/** Each in the state that somebody has looked at. */
export const bulkSchema = z.object({
  rows: z
    .array(z.object({ slug: knownSlugSchema, version: rowVersion }))
    .min(1, "Choose at least one experiment.")
    .max(MAX_BULK, "Choose at most 100 experiments."),
  change: bulkChangeSchema,
});
export type BulkOrder = z.infer<typeof bulkSchema>;

/** What became of one of them; `refusal` is null where it was done. */
export interface BulkAnswer extends Pick<ExperimentSummary, "slug"> {
  refusal: (Refusal & { code: string }) | null;
}
