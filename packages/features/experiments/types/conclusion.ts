import { z } from "zod";

/** Why an experiment was ended, in the words of whoever ended it. No figure depends on it. */
export const CONCLUSION_REASONS = ["won", "lost", "no_difference", "invalid", "stopped_early"] as const;
export const conclusionReasonSchema = z.enum(CONCLUSION_REASONS);
export type ConclusionReason = z.infer<typeof conclusionReasonSchema>;
