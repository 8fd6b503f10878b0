import { documentSchema } from "@calcom/lib/gate/document";
import { moment } from "@calcom/lib/gate/moments";
import { hostId, number } from "@calcom/lib/gate/numbers";
import { text } from "@calcom/lib/gate/text";
import { z } from "zod";
import { analysisSchema, DEFAULT_ANALYSIS, planSourceSchema } from "./analysis";
import { assumptionsSchema, NO_ASSUMPTIONS } from "./assumptions";
import { conclusionReasonSchema } from "./conclusion";
import { settingsShape } from "./input";
import { heldMetricSchema } from "./metric-catalog";
import { metricsSchema, NO_METRICS, registeredMetricSchema, withoutMetricSchema } from "./metrics";
import { NO_SCHEDULE, scheduleSchema, statusSchema } from "./settings";

const NO_MOMENT = "Enter a date and time.";

const { description: _inItsOwnColumn, ...settingsInMetadata } = settingsShape;
/** The content of `Feature.metadata`. */
export const experimentConfigSchema = z.object({
  ...settingsInMetadata,
  // Rows from before there were metrics, schedules, learnings and tags have none of these keys.
  learning: settingsShape.learning.default(""),
  tags: settingsShape.tags.default([]),
  metrics: metricsSchema.default(NO_METRICS),
  withoutMetric: withoutMetricSchema.nullable().default(null),
  analysis: analysisSchema.default(DEFAULT_ANALYSIS),
  assumptions: assumptionsSchema.default(NO_ASSUMPTIONS),
  schedule: scheduleSchema.default(NO_SCHEDULE),
  status: statusSchema,
  /** Stored at creation and never changed. Experiments that share it share the assignment. */
  salt: text(200).min(1),
  hashVersion: z.literal(1),
  /** The current epoch; 0 before the first start. */
  epoch: number().int().min(0),
  winnerVariant: text(64).nullable(),
  /** Null before the end, and where nobody has said why. */
  conclusionReason: conclusionReasonSchema.nullable().default(null),
  /** The winner that was withdrawn after the end: everybody gets what there was without it, and the result stays. */
  takenBack: z
    .object({ variant: text(64), at: moment(NO_MOMENT) })
    .nullable()
    .default(null),
  startedAt: moment(NO_MOMENT).nullable(),
  endedAt: moment(NO_MOMENT).nullable(),
  ownerId: hostId.nullable(),
  /**
   * What was to be measured when the experiment started; whatever differs from it was chosen when data could be seen.
   * Null before the start. Experiments that started before it was kept get it with their next change, and until then
   * what they measure counts as registered.
   */
  registeredMetrics: z.array(registeredMetricSchema).nullable().default(null),
  /**
   * The metrics of the catalog that it names, whole: in a draft as they were when it was saved, and from the start on
   * as they were then.
   */
  catalogMetrics: z.array(heldMetricSchema).max(50).default([]),
  /** Where the frozen number of planned subjects came from; null before the start, and where it started before this was kept. */
  plannedBy: planSourceSchema.nullable().default(null),
  /** The flag that it was before, so that it can become one again; null if it never was one. */
  convertedFrom: z
    .object({
      // One of the host's own, where the flags are.
      type: text(63).nullable(),
      metadata: documentSchema.nullable(),
      /**
       * The brake of what is no experiment at the moment: before the start and after the end everybody gets control,
       * whatever the flag's rows and the winner say. While it is under way the status `off` is the brake.
       */
      isTurnedOff: z.boolean().default(false),
    })
    .nullable()
    .default(null),
});
export type ExperimentConfig = z.infer<typeof experimentConfigSchema>;
