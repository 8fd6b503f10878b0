import { isFetchedAhead } from "@calcom/features/experiments";
import { env } from "@calcom/lib/env";
import { type NextRequest, NextResponse } from "next/server";
import { POLICY_HEADER, REQUEST_POLICIES, scriptsOfRender } from "@/lib/door/content-policy";
import { ancestorsOf } from "@/lib/door/embeds";
import { type LocaleCode, localeFor } from "@/lib/locale";
import { ownCookies, readValue, writeCookie } from "@/lib/own-cookies";
import { codeFor } from "@/modules/experiments/decide-static-page";
import { FIRST_SIGHT_HEADER, type MadeFor } from "@/modules/experiments/first-sight";
import { previewEntry } from "@/modules/experiments/preview/preview-entry";
import { renewVisitor } from "@/modules/experiments/renew-visitor";
import { findStaticPage, isSiteRoute, siteRouteOf } from "@/modules/experiments/static-pages";
import { closeReport, refuseFlood } from "@/modules/reports/report-door";
import { isSharedReport } from "@/modules/reports/shared-path";

export const config = {
  // Neither the API nor what was built. Files too: whether an address is one or a page, nobody can tell by its dots.
  matcher: ["/((?!api/|_next/).*)"],
};

/**
 * Gives a browser its visitor cookie in time for the page that is about to be rendered, a rendered page the nonce of
 * its scripts, and a page of the site its language and, where it is static, its variants.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { pathname, search } = request.nextUrl;
  const policy = policyFor(pathname);
  // Not for people: which of these somebody sees is decided here.
  if (isSiteRoute(pathname)) return goOn(request, { policy, route: NO_SUCH_PAGE });
  // Whoever reads a shared report takes no part in anything.
  if (isSharedReport(pathname))
    return (
      (await refuseFlood(request, localeOf(request))) ?? closeReport(goOn(request, { policy, route: null }))
    );
  const isFramed = isFrameOfOthers(request);
  const isDocument = isFramed || isDocumentNavigation(request);
  const isVisit = isDocument && !isFetchedAhead(request.headers);
  const preview = isVisit ? previewEntry(request.nextUrl) : null;
  if (preview !== null) return NextResponse.rewrite(preview);

  // What is fetched ahead gets one too: its cookie comes into force once the page is looked at.
  const visitor = isDocument ? await renewVisitor(request) : null;
  const madeFor = visitor?.madeFor ?? null;
  const isFirstSight = madeFor === "this-page";
  const route = await siteRouteOf(pathname, localeOf(request), (page) =>
    codeFor(page, request, { isVisit, isFirstSight }),
  );
  const response = goOn(request, { policy, route: route === null ? null : route + search, madeFor });
  // A prerendered page would go out as fit for every cache, and the cookie with it.
  if (findStaticPage(pathname) !== undefined)
    response.headers.set("Cache-Control", "private, max-age=0, must-revalidate");
  if (visitor !== null) writeCookie(response.cookies, ownCookies.visitor, visitor.cookie, { isFramed });
  return response;
}

/** Has no route, so that Next answers with the application's own 404. */
const NO_SUCH_PAGE = "/404";

/** Prerendered pages bring their own: nobody can draw a nonce for what is there already. In development nothing is. */
function policyFor(pathname: string): string | null {
  const isDevelopment = env().NODE_ENV === "development";
  if (findStaticPage(pathname) !== undefined && !isDevelopment) return null;
  return scriptsOfRender(btoa(crypto.randomUUID()), isDevelopment);
}

interface Onward {
  policy: string | null;
  route: string | null;
  /** Where a visitor was made for this request. */
  madeFor?: MadeFor | null;
}

/** Next reads the nonce from the policy of the request: so one that came with it is never handed on. */
function goOn(request: NextRequest, { policy, route, madeFor = null }: Onward): NextResponse {
  const headers = new Headers(request.headers);
  for (const name of [...REQUEST_POLICIES, FIRST_SIGHT_HEADER]) headers.delete(name);
  if (policy !== null) headers.set(POLICY_HEADER, policy);
  if (madeFor !== null) headers.set(FIRST_SIGHT_HEADER, madeFor);
  // Nobody looks at what is rendered for it.
  if (request.method === "HEAD") headers.set("sec-purpose", "prefetch");
  const forwarded = { request: { headers } };
  const response =
    route === null
      ? NextResponse.next(forwarded)
      : NextResponse.rewrite(new URL(route, request.url), forwarded);
  if (policy !== null) response.headers.set(POLICY_HEADER, policy);
  return response;
}

function localeOf({ cookies, headers }: NextRequest): LocaleCode {
  return localeFor(readValue(cookies, ownCookies.locale), headers.get("accept-language"));
}

/** A page as a whole, for somebody or ahead: no soft navigation, no frame. Next hides its own headers from proxies. */
function isDocumentNavigation({ method, headers }: NextRequest): boolean {
  if (method !== "GET") return false;
  const destination = headers.get("sec-fetch-dest");
  // Old browsers, and people with curl, do not say what the answer is for.
  return destination === null
    ? (headers.get("accept") ?? "").includes("text/html")
    : destination === "document";
}

/** Another site shows one of the pages that it may show in a frame. */
function isFrameOfOthers({ method, headers, nextUrl }: NextRequest): boolean {
  if (method !== "GET" || isFetchedAhead(headers)) return false;
  if (headers.get("sec-fetch-dest") !== "iframe" || headers.get("sec-fetch-site") !== "cross-site")
    return false;
  const { EMBED_ROUTES, EMBED_ANCESTORS, NEXTAUTH_URL } = env();
  const settings = { embedRoutes: EMBED_ROUTES, embedAncestors: EMBED_ANCESTORS };
  return NEXTAUTH_URL.startsWith("https:") && ancestorsOf(nextUrl.pathname, settings).length > 0;
}
