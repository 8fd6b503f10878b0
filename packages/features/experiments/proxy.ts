// The door for an application's proxy, or its middleware of Next 15. It runs at the edge: neither Node nor pg behind it.

import type { NextRequest, NextResponse } from "next/server";
import { prepareVisitor } from "./lib/visitor-cookie";

export interface ProxySettings {
  /** The same secrets as those of `createExperiments`, the present one first. */
  secrets: readonly (string | undefined)[];
  /** Whether this browser may be given a cookie, where that needs consent. */
  hasConsent?(headers: Pick<Headers, "get">): boolean | Promise<boolean>;
  /** Whether people open the site over https; by default taken from `x-forwarded-proto`, or else from the request. */
  isSecure?: boolean;
}

/** Gives each browser its signed cookie, in time for the page that it opens. */
export function createExperimentsProxy({ secrets, hasConsent, isSecure }: ProxySettings) {
  return async (request: NextRequest): Promise<NextResponse> => {
    const { NextResponse: Answer } = await import("next/server");
    const [current = "", ...previous] = secrets.filter((secret) => secret !== undefined);
    const { headers, setCookie, cacheControl } = await prepareVisitor(request, {
      secrets: [current, ...previous],
      isSecure: isSecure ?? isOverHttps(request),
      hasConsent: (await hasConsent?.(request.headers)) ?? true,
    });
    const response = Answer.next({ request: { headers } });
    if (setCookie !== null) response.headers.append("set-cookie", setCookie);
    if (cacheControl !== null) response.headers.set("cache-control", cacheControl);
    return response;
  };
}

/** A client that forges this header only gets a cookie that its browser does not keep. */
function isOverHttps({ headers, url }: NextRequest): boolean {
  return (headers.get("x-forwarded-proto") ?? new URL(url).protocol).startsWith("https");
}
