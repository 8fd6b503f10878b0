/** A prefetch or prerender, of which nobody knows whether it will be looked at. Next hides its own prefetches from proxies. */
export function isFetchedAhead(headers: Pick<Headers, "get">): boolean {
  const purpose = headers.get("sec-purpose") ?? headers.get("purpose") ?? headers.get("x-purpose");
  return purpose?.includes("prefetch") ?? false;
}
