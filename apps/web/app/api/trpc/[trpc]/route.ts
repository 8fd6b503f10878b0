import { AppError } from "@calcom/lib/errors";
import { readJson, UnreadableJson } from "@calcom/lib/gate/json-text";
import { asRefusal } from "@calcom/lib/sentence";
import { appRouter, createContext, logUnforeseen, MAX_CALLS } from "@calcom/trpc/server";
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
      return createContext({ identity: await identityFromRequest(request) });
    },
    onError: logUnforeseen,
    responseMeta: () => ({ headers: NEVER_STORED }),
  });
}

/** What is stored is what was sent: `JSON.parse` drops a key that stands twice, and rounds long numbers. */
function refuseLoss(body: Buffer): void {
  const json = readJson(body.toString("utf8"));
  if (!(json instanceof UnreadableJson)) return;
  const cause = new AppError("bad_request", "invalid_input", json.why);
  throw new TRPCError({ code: "BAD_REQUEST", message: asRefusal(json.why).message, cause });
}

export { handle as GET, handle as POST };
