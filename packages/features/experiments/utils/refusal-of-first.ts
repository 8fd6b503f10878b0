import { refusalOf } from "@calcom/lib/issue";
import type { z } from "zod";
import { ExperimentError } from "../types/errors";

/** At the first field that is wrong. */
export function refusalOfFirst(error: z.ZodError): ExperimentError {
  const [issue] = error.issues;
  const refusal = issue ? refusalOf(issue) : { message: "The configuration isn’t valid." };
  return new ExperimentError("invalid_config", refusal.sentence ?? refusal.message, {
    ...(issue ? { field: issue.path.join(".") } : {}),
    cause: error,
  });
}
