import { appRouter, createContext, logUnforeseen } from "@calcom/trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { identityFromRequest } from "@/lib/identity";

async function handle(request: Request): Promise<Response> {
  // Cookies alone must not let another site act in somebody's name. Browsers set this header, scripts cannot.
  if (request.headers.get("sec-fetch-site") === "cross-site") {
    return Response.json(
      { code: "cross_site", message: "Call this API from its own site." },
      { status: 403 },
    );
  }
  return fetchRequestHandler({
    endpoint: "/api/trpc",
    req: request,
    router: appRouter,
    createContext: async () => createContext({ identity: await identityFromRequest(request) }),
    onError: logUnforeseen,
    responseMeta: () => ({ headers: { "cache-control": "private, no-store" } }),
  });
}

export { handle as GET, handle as POST };
