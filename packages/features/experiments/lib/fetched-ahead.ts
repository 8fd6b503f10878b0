const PURPOSES = ["sec-purpose", "purpose", "x-purpose", "x-moz"];

/**
 * A prefetch, a prerender or a preview, of which nobody knows whether it will be looked at; or the answer to HEAD, for
 * which the proxy says the same. Next hides its own prefetches from proxies.
 */
export function isFetchedAhead(headers: Pick<Headers, "get">): boolean {
  return PURPOSES.some((name) => /prefetch|prerender|preview/.test(headers.get(name) ?? ""));
}
