import { createTRPCClient, httpBatchLink, type TRPCLink } from "@trpc/client";
import superjson from "superjson";
import { MAX_CALLS } from "../limits";
import type { AppRouter } from "../server";

const ENDPOINT = "/api/trpc";
// Long URLs are cut by proxies; past this a batch is split.
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

/** For code outside of React; loads no query cache. In the browser only. */
export function createClient() {
  return createTRPCClient<AppRouter>({ links: links() });
}
