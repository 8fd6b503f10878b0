import { createTRPCClient, httpBatchLink, type TRPCLink } from "@trpc/client";
import superjson from "superjson";
import { MAX_CALLS } from "../limits";
import type { AppRouter } from "../server";

const ENDPOINT = "/api/trpc";
// Proxies cut long URLs, so a longer batch is split.
const MAX_URL_CHARS = 2_000;

export function links(): TRPCLink<AppRouter>[] {
  return [
    httpBatchLink({
      url: ENDPOINT,
      transformer: superjson,
      maxURLLength: MAX_URL_CHARS,
      maxItems: MAX_CALLS,
    }),
  ];
}

/** For code outside of React, in the browser only; does not load the query cache. */
export function createClient() {
  return createTRPCClient<AppRouter>({ links: links() });
}
