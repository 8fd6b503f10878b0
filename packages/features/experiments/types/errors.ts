import { AppError, type AppErrorOptions, type ErrorKind } from "@calcom/lib/errors";
import type { Sentence } from "@calcom/lib/sentence";

const kindOf = {
  not_found: "not_found",
  slug_taken: "conflict",
  invalid_config: "bad_request",
  damaged_config: "conflict",
  invalid_transition: "conflict",
  locked_field: "conflict",
  stale_version: "conflict",
  has_data: "conflict",
  claim_refused: "forbidden",
  not_signed_in: "unauthorized",
  not_allowed: "forbidden",
  event_not_declared: "bad_request",
  invalid_conversion: "bad_request",
  too_many_links: "conflict",
  invalid_id: "bad_request",
  rate_limited: "too_many_requests",
  unavailable: "unavailable",
} as const satisfies Record<string, ErrorKind>;

export type ExperimentErrorCode = keyof typeof kindOf;

/** The only error type of this feature. The routers' middleware turns its kind into a status. */
export class ExperimentError extends AppError {
  declare readonly code: ExperimentErrorCode;

  constructor(code: ExperimentErrorCode, message: string | Sentence, options?: AppErrorOptions) {
    super(kindOf[code], code, message, options);
  }
}

/** A statement was given up, together with all that its transaction had done. */
export function tookTooLong(cause: unknown): ExperimentError {
  return new ExperimentError(
    "unavailable",
    "The database is taking too long right now. Nothing was changed. Try again later.",
    { cause },
  );
}
