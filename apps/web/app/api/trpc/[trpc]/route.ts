import type { Identity } from "@calcom/features/experiments/server";
import { AppError, isAppError, retryAfterOf } from "@calcom/lib/errors";
import { readJson, UnreadableJson } from "@calcom/lib/gate/json-text";
import { asRefusal } from "@calcom/lib/sentence";
import { appRouter, createContext, logFailure, MAX_CALLS } from "@calcom/trpc/server";
import { TRPCError } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { identityFromRequest } from "@/lib/identity";
import { NEVER_STORED, refuse, refuseOtherSites } from "@/lib/json-endpoint";
import { readBody } from "@/lib/read-body";
import { isSameOrigin } from "@/lib/same-origin";

/** Several times the size of an experiment that uses all its limits. */
const MAX_BODY_BYTES = 1024 * 1024;

async function handle(request: Request): Promise<Response> {
  if (!isSameOrigin(request)) return refuseOtherSites();
  const body = await readBody(request, MAX_BODY_BYTES);
  if (body === null) return refuse(413, "too_large", "Send at most 1 MB in one call.");
  const { method, url, headers, signal } = request;
  return fetchRequestHandler({
    endpoint: "/api/trpc",
    req: new Request(url, { method, headers, signal, ...(method === "POST" ? { body } : {}) }),
    maxBatchSize: MAX_CALLS,
    router: appRouter,
    createContext: async () => {
      if (method === "POST" && body.length > 0) refuseLoss(body);
      return createContext({ identity: await identify(request) });
    },
    onError: logFailure,
    responseMeta: ({ errors }) => ({ headers: { ...NEVER_STORED, ...retryAfter(errors) } }),
  });
}

/** What is stored is what was sent: `JSON.parse` drops a key that stands twice, and rounds long numbers. */
function refuseLoss(body: Buffer): void {
  const json = readJson(body.toString("utf8"));
  if (!(json instanceof UnreadableJson)) return;
  const cause = new AppError("bad_request", "invalid_input", json.why);
  throw new TRPCError({ code: "BAD_REQUEST", message: asRefusal(json.why).message, cause });
}

/** tRPC takes every foreign error for an internal one, also here. */
async function identify(request: Request): Promise<Identity<number>> {
  try {
    return await identityFromRequest(request);
  } catch (cause) {
    if (!isAppError(cause) || cause.kind !== "unavailable") throw cause;
    throw new TRPCError({ code: "SERVICE_UNAVAILABLE", message: cause.message, cause });
  }
}

/** The longest wait of all calls in the batch, so that a client that waits for it can repeat the whole batch. */
function retryAfter(errors: readonly TRPCError[]): Record<string, string> {
  const seconds = Math.max(0, ...errors.map(({ cause }) => retryAfterOf(cause) ?? 0));
  return seconds === 0 ? {} : { "retry-after": String(seconds) };
}

export { handle as GET, handle as POST };
