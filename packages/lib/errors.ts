import { type Sentence, written } from "./sentence";

/** What kind of failure it is, from which HTTP and tRPC derive their status. */
export type ErrorKind =
  | "bad_request"
  | "unauthorized"
  | "forbidden"
  | "not_found"
  | "conflict"
  | "too_many_requests"
  | "unavailable";

export const httpStatusOf: Record<ErrorKind, number> = {
  bad_request: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_many_requests: 429,
  unavailable: 503,
};

/** The message of an unforeseen failure; the details are in the log. */
export const INTERNAL_MESSAGE = "Something went wrong on our side. Try again in a moment.";

export interface AppErrorOptions {
  /** The input that the failure belongs to, as a dotted path: a form shows it there. */
  field?: string;
  /** Facts for the caller, as plain JSON. All of it leaves the server. */
  details?: Record<string, unknown>;
  cause?: unknown;
}

/**
 * A failure that was foreseen. Its message is a sentence for the person who caused it and says what to do. It leaves
 * the server as it is and, if it has variables, as the sentence that other languages know. Any other error is reported
 * as an internal one.
 */
export class AppError extends Error {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly field: string | undefined;
  readonly details: Record<string, unknown> | undefined;
  readonly sentence: Sentence | undefined;

  constructor(kind: ErrorKind, code: string, message: string | Sentence, options: AppErrorOptions = {}) {
    super(typeof message === "string" ? message : written(message), { cause: options.cause });
    this.name = new.target.name;
    this.kind = kind;
    this.code = code;
    this.field = options.field;
    this.details = options.details;
    this.sentence = typeof message === "string" ? undefined : message;
  }
}

/** The seconds for the header `Retry-After`; null where trying again soon is not what helps. */
export function retryAfterOf(error: unknown): number | null {
  if (!isAppError(error)) return null;
  const seconds = error.details?.retryAfterSeconds;
  if (typeof seconds === "number") return Math.max(1, Math.ceil(seconds));
  return error.kind === "too_many_requests" ? 60 : null;
}

/** Also true for errors of another instance of this module: Next loads several into one process. */
export function isAppError(error: unknown): error is AppError {
  return (
    error instanceof Error &&
    "kind" in error &&
    typeof error.kind === "string" &&
    Object.hasOwn(httpStatusOf, error.kind) &&
    "code" in error &&
    typeof error.code === "string"
  );
}
