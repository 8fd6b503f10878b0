import { AppError, type AppErrorOptions, type ErrorKind } from "@calcom/lib/errors";
import type { Sentence } from "@calcom/lib/sentence";

const kindOf = {
  not_signed_in: "unauthorized",
  not_allowed: "forbidden",
  invalid_input: "bad_request",
  email_taken: "conflict",
  too_many_attempts: "too_many_requests",
  too_busy: "unavailable",
  unavailable: "unavailable",
  wrong_password: "bad_request",
  link_used: "bad_request",
  no_mail: "bad_request",
} as const satisfies Record<string, ErrorKind>;

export type AuthErrorCode = keyof typeof kindOf;

export class AuthError extends AppError {
  declare readonly code: AuthErrorCode;

  constructor(code: AuthErrorCode, message: string | Sentence, options?: AppErrorOptions) {
    super(kindOf[code], code, message, options);
  }
}
