import "server-only";
import type { z } from "zod";
import { type AppError, httpStatusOf, INTERNAL_MESSAGE, retryAfterOf } from "./errors";
import { asForeseen } from "./foreseen";
import { readJson, UnreadableJson } from "./gate/json-text";
import { refusalOf } from "./issue";
import { logger } from "./logger";
import { readBody } from "./read-body";
import { isSameOrigin } from "./same-origin";

/** Each answer is for one person, and no cache may keep it. */
export const NEVER_STORED = { "cache-control": "private, no-store" };

/**
 * Answers a call from our own pages. A failure that was foreseen becomes `{ code, message }` with its status; any other
 * stays in the log, under `failure`, and so does the cause of an outage.
 */
export async function answerOwnPages(
  request: Request,
  failure: string,
  answer: () => Promise<Response>,
): Promise<Response> {
  if (!isSameOrigin(request)) return refuseOtherSites();
  try {
    return await answer();
  } catch (error) {
    const facts = { path: new URL(request.url).pathname, error };
    const foreseen = asForeseen(error);
    if (foreseen !== null) {
      if (foreseen.kind === "unavailable") logger.warn(failure, facts);
      return refuseFor(foreseen);
    }
    logger.error(failure, facts);
    return refuse(500, "internal", INTERNAL_MESSAGE);
  }
}

/** Cookies alone must not let another site act in somebody's name. */
export function refuseOtherSites(): Response {
  return refuse(403, "cross_site", "Call this from the site itself.");
}

export function refuse(status: number, code: string, message: string): Response {
  return Response.json({ code, message }, { status, headers: NEVER_STORED });
}

/** The answer to a failure that was foreseen, with `Retry-After` where a limit has refused. */
export function refuseFor(error: AppError): Response {
  const response = refuse(httpStatusOf[error.kind], error.code, error.message);
  const seconds = retryAfterOf(error);
  if (seconds !== null) response.headers.set("retry-after", String(seconds));
  return response;
}

/** Undefined if the text is no JSON that can be kept as it is. No schema accepts that, so it is refused as invalid. */
export function parseJson(text: string): unknown {
  const value = readJson(text);
  return value instanceof UnreadableJson ? undefined : value;
}

/** Answers JSON that the schema takes, and refuses anything else. */
export async function takeJson<T>(
  request: Request,
  { schema, maxBytes }: { schema: z.ZodType<T>; maxBytes: number },
  answer: (input: T) => Promise<Response>,
): Promise<Response> {
  // Beacons come as text; the type that a body claims is not asked.
  const body = await readBody(request, maxBytes);
  if (body === null) return refuse(413, "too_large", `Send at most ${maxBytes / 1024} kB in one report.`);
  const input = schema.safeParse(parseJson(body.toString("utf8")));
  if (input.success) return answer(input.data);
  const [issue] = input.error.issues;
  const path = issue?.path.join(".");
  return refuse(
    400,
    "invalid_input",
    issue && path ? `${path}: ${refusalOf(issue).message}` : "Send the reports as JSON.",
  );
}
