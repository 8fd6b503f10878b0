import "server-only";
import type { Identity } from "@calcom/features/experiments/server";
import { httpStatusOf, isAppError } from "@calcom/lib/errors";
import { logger } from "@calcom/lib/logger";
import type { z } from "zod";
import { identityFromRequest } from "@/lib/identity";
import { readBody } from "@/lib/read-body";
import { isSameOrigin } from "@/lib/same-origin";

/** Fifty reports are a fifth of this. */
const MAX_BODY_BYTES = 64 * 1024;

/**
 * A handler for reports from our own pages, by fetch or by beacon: 204 when they are taken, else `{ code, message }`.
 * `record` may throw AppErrors; whatever else it throws stays in the log.
 */
export function eventEndpoint<T>(
  schema: z.ZodType<T>,
  record: (identity: Identity, reports: T) => Promise<unknown>,
): (request: Request) => Promise<Response> {
  return async (request) => {
    if (!isSameOrigin(request)) return refuse(403, "cross_site", "Report from the site itself.");
    // Beacons come as text; the type that a body claims is not asked.
    const body = await readBody(request, MAX_BODY_BYTES);
    if (body === null)
      return refuse(413, "too_large", `Send at most ${MAX_BODY_BYTES / 1024} kB in one report.`);
    const input = schema.safeParse(parseJson(body.toString("utf8")));
    if (!input.success) {
      const [issue] = input.error.issues;
      const path = issue?.path.join(".");
      return refuse(400, "invalid_input", path ? `${path}: ${issue?.message}` : "Send the reports as JSON.");
    }
    try {
      await record(await identityFromRequest(request), input.data);
      return new Response(null, { status: 204, headers: NEVER_STORED });
    } catch (error) {
      if (isAppError(error)) return refuse(httpStatusOf[error.kind], error.code, error.message);
      logger.error("A report from a browser was not recorded", {
        path: new URL(request.url).pathname,
        error,
      });
      return refuse(500, "internal", "Something went wrong on our side.");
    }
  };
}

const NEVER_STORED = { "cache-control": "private, no-store" };

function refuse(status: number, code: string, message: string): Response {
  return Response.json({ code, message }, { status, headers: NEVER_STORED });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No schema takes it, so the answer is the same as for any other nonsense.
    return undefined;
  }
}
