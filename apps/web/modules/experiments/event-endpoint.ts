import "server-only";
import type { Identity } from "@calcom/features/experiments/server";
import { refusalOf } from "@calcom/lib/issue";
import type { z } from "zod";
import { identityFromRequest } from "@/lib/identity";
import { answerOwnPages, NEVER_STORED, parseJson, refuse } from "@/lib/json-endpoint";
import { readBody } from "@/lib/read-body";

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
    answerOwnPages(request, "A report from a browser was not recorded", async () => {
      // Beacons come as text; the type that a body claims is not asked.
      const body = await readBody(request, MAX_BODY_BYTES);
      if (body === null)
        return refuse(413, "too_large", `Send at most ${MAX_BODY_BYTES / 1024} kB in one report.`);
      const input = schema.safeParse(parseJson(body.toString("utf8")));
      if (!input.success) {
        const [issue] = input.error.issues;
        const path = issue?.path.join(".");
        return refuse(
          400,
          "invalid_input",
          issue && path ? `${path}: ${refusalOf(issue).message}` : "Send the reports as JSON.",
        );
      }
      await record(await identityFromRequest(request), input.data);
      return new Response(null, { status: 204, headers: NEVER_STORED });
    });
}
