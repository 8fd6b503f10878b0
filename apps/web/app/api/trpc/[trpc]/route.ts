import { appRouter, createContext, logUnforeseen, MAX_CALLS } from "@calcom/trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { identityFromRequest } from "@/lib/identity";
import { readBody } from "@/lib/read-body";

/** An experiment with all that its limits allow is a fraction of this. */
const MAX_BODY_BYTES = 1024 * 1024;

async function handle(request: Request): Promise<Response> {
  // Cookies alone must not let another site act in somebody's name. Browsers set this header, scripts cannot.
  if (request.headers.get("sec-fetch-site") === "cross-site") {
    return Response.json(
      { code: "cross_site", message: "Call this API from its own site." },
      { status: 403 },
    );
  }
  const body = await readBody(request, MAX_BODY_BYTES);
  if (body === null)
    return Response.json({ code: "too_large", message: "Send at most 1 MB in one call." }, { status: 413 });
  const { method, url, headers, signal } = request;
  return fetchRequestHandler({
    endpoint: "/api/trpc",
    req: new Request(url, { method, headers, signal, ...(method === "POST" ? { body } : {}) }),
    maxBatchSize: MAX_CALLS,
    router: appRouter,
    createContext: async () => createContext({ identity: await identityFromRequest(request) }),
    onError: logUnforeseen,
    responseMeta: () => ({ headers: { "cache-control": "private, no-store" } }),
  });
}

export { handle as GET, handle as POST };
