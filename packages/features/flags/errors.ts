import { AppError, type AppErrorOptions, type ErrorKind } from "@calcom/lib/errors";
import type { Sentence } from "@calcom/lib/sentence";

const kindOf = {
  flag_not_found: "not_found",
  subject_not_found: "not_found",
  slug_taken: "conflict",
  is_experiment: "conflict",
  not_managed: "conflict",
  stale_flag: "conflict",
  not_later: "bad_request",
  too_many_scheduled: "conflict",
  already_scheduled: "conflict",
  stale_scheduled_change: "conflict",
  scheduled_change_not_found: "not_found",
} as const satisfies Record<string, ErrorKind>;

export type FlagErrorCode = keyof typeof kindOf;

/** The only error type of this feature. The routers' middleware turns its kind into a status. */
export class FlagError extends AppError {
  declare readonly code: FlagErrorCode;

  constructor(code: FlagErrorCode, message: string | Sentence, options?: AppErrorOptions) {
    super(kindOf[code], code, message, options);
  }
}
