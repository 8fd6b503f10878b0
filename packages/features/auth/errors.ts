import { AppError, type AppErrorOptions, type ErrorKind } from "@calcom/lib/errors";
import type { Sentence } from "@calcom/lib/sentence";

const kindOf = {
  not_signed_in: "unauthorized",
  not_allowed: "forbidden",
  invalid_input: "bad_request",
  email_taken: "conflict",
  too_many_attempts: "too_many_requests",
} as const satisfies Record<string, ErrorKind>;

export type AuthErrorCode = keyof typeof kindOf;

export class AuthError extends AppError {
  declare readonly code: AuthErrorCode;

  constructor(code: AuthErrorCode, message: string | Sentence, options?: AppErrorOptions) {
    super(kindOf[code], code, message, options);
  }
}
