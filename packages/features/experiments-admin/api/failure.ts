import type { FailureData } from "@calcom/lib/failure-data";

/** An answer that refuses, or none: then without `data`. */
export class AdminApiError extends Error {
  readonly data: FailureData | undefined;
  readonly status: number | undefined;

  constructor(message: string, options: { data?: FailureData; status?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = "AdminApiError";
    this.data = options.data;
    this.status = options.status;
  }
}

/** Whether the server refused, so that what was shown before is not to be seen any more. */
export function isRefused(error: unknown): boolean {
  const status = statusOf(error);
  return status !== undefined && status < 500;
}

/** By shape too: tRPC has it among its data. */
function statusOf(error: unknown): number | undefined {
  if (error instanceof AdminApiError) return error.status;
  const data = error instanceof Error && "data" in error ? error.data : undefined;
  const status =
    typeof data === "object" && data !== null && "httpStatus" in data ? data.httpStatus : undefined;
  return typeof status === "number" ? status : undefined;
}

/** The failure as the server described it; null if the connection was lost or the answer cannot be read. */
export function failureOf(error: unknown): FailureData | null {
  // By shape, which the errors of tRPC's client share.
  if (!(error instanceof Error) || !("data" in error)) return null;
  const { data } = error;
  return typeof data === "object" && data !== null && "app" in data && "issues" in data
    ? (data as FailureData)
    : null;
}
