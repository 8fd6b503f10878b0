import { hostId, number } from "@calcom/lib/gate/numbers";
import { text } from "@calcom/lib/gate/text";
import { z } from "zod";
import { eventNameSchema, knownSlugSchema } from "./names";

/** Claims about the subject, as in the hooks' options. They are checked against the request and never believed. */
export const claimsSchema = z.object({
  userId: hostId.optional(),
  teamId: hostId.optional(),
  visitorId: text(100).optional(),
});
export type Claims = z.infer<typeof claimsSchema>;

/**
 * Milliseconds between what happened in the browser and its report. The server subtracts five minutes at most, and of a
 * conversion, which a page keeps over an outage, three days.
 */
const ageMsSchema = number().min(0).max(Number.MAX_SAFE_INTEGER).default(0);

export const MAX_BATCH = 50;
export const exposureSchema = claimsSchema.extend({
  slug: knownSlugSchema,
  /** What the page showed. If the stored row says otherwise, nothing is counted. */
  variant: text(64).optional(),
  ageMs: ageMsSchema,
});
export type ExposureReport = z.input<typeof exposureSchema>;
export const exposuresSchema = z.object({ exposures: z.array(exposureSchema).min(1).max(MAX_BATCH) });

export const conversionSchema = claimsSchema.extend({
  /** Without a slug it counts for every experiment that declares the event and has the subject. */
  slug: knownSlugSchema.optional(),
  event: eventNameSchema,
  /** Repeating a report with its key counts once. */
  key: text(100).min(1),
  ageMs: ageMsSchema,
  value: z
    .undefined("Browsers can’t report values. Report amounts from server code with trackConversion.")
    .optional(),
});
export type ConversionReport = z.input<typeof conversionSchema>;
export const conversionsSchema = z.object({ conversions: z.array(conversionSchema).min(1).max(MAX_BATCH) });
