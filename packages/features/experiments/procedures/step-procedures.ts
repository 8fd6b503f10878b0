import { rowVersion } from "@calcom/lib/gate/numbers";
import { z } from "zod";
import type { AdminServices } from "../admin-services";
import { plannedSubjectsSchema } from "../types/analysis";
import { conclusionReasonSchema } from "../types/conclusion";
import { learningSchema } from "../types/input";
import { metricKeySchema, withoutMetricSchema } from "../types/metrics";
import { knownSlugSchema, variantNameSchema } from "../types/names";
import { mutation } from "./procedure";

/** The state that somebody has looked at. A step that was taken from any other state is refused. */
const byVersion = z.object({ slug: knownSlugSchema, version: rowVersion });
/** Of an end, as far as somebody says it. */
const why = { reason: conclusionReasonSchema.optional(), learning: learningSchema.optional() };

const stepSchema = byVersion.extend({
  action: z.enum(["start", "pause", "resume", "turn_off", "turn_on", "archive"]),
  plannedSubjects: plannedSubjectsSchema.optional(),
  primaryMetric: metricKeySchema.optional(),
  withoutMetric: withoutMetricSchema.optional(),
});

/** From draft to end. */
export const stepProcedures = ({ admin }: AdminServices) => ({
  updateStatus: mutation(stepSchema, (actor, input) => admin().lifecycle.updateStatus(actor, input)),
  setWinner: mutation(byVersion.extend({ winnerVariant: variantNameSchema, ...why }), (actor, input) =>
    admin().lifecycle.conclude(actor, input),
  ),
  conclude: mutation(
    byVersion.extend({ winnerVariant: variantNameSchema.nullable(), ...why }),
    (actor, input) => admin().lifecycle.conclude(actor, input),
  ),
  takeBackWinner: mutation(byVersion, (actor, input) => admin().lifecycle.takeBackWinner(actor, input)),
  delete: mutation(byVersion.extend({ confirmSlug: knownSlugSchema.optional() }), (actor, input) =>
    admin().lifecycle.delete(actor, input),
  ),
});
