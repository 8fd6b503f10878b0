import "server-only";
import type { Identity } from "@calcom/features/experiments/server";
import type { z } from "zod";
import { identityFromRequest } from "@/lib/identity";
import { answerOwnPages, NEVER_STORED, takeJson } from "@/lib/json-endpoint";

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
  return (request) =>
    answerOwnPages(request, "A report from a browser was not recorded", () =>
      takeJson(request, { schema, maxBytes: MAX_BODY_BYTES }, async (reports) => {
        await record(await identityFromRequest(request), reports);
        return new Response(null, { status: 204, headers: NEVER_STORED });
      }),
    );
}
