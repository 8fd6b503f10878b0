import "server-only";
import { type AppError, httpStatusOf, retryAfterOf } from "@calcom/lib/errors";

/** next-auth answers 401 whatever has happened; a limit says so, and when to come again. */
export function statusOf(response: Response, failure: AppError): Response {
  const headers = new Headers(response.headers);
  const seconds = retryAfterOf(failure);
  if (seconds !== null) headers.set("retry-after", String(seconds));
  return new Response(response.body, { status: httpStatusOf[failure.kind], headers });
}
