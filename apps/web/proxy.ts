import { CONSENT_COOKIE, VISITOR_COOKIE, verifyVisitorId } from "@calcom/features/experiments";
import { env } from "@calcom/lib/env";
import { type NextRequest, NextResponse } from "next/server";
import { LOCALE_COOKIE, type LocaleCode, localeFor } from "@/lib/locale";
import { codeFor } from "@/modules/experiments/decide-static-page";
import { isFetchedAhead } from "@/modules/experiments/fetched-ahead";
import { previewEntry } from "@/modules/experiments/preview/preview-entry";
import { hasConsented } from "@/modules/experiments/resolve-identity";
import { isSiteRoute, siteRouteOf, staticPages } from "@/modules/experiments/static-pages";
import { newVisitor, visitorCookieOptions } from "@/modules/experiments/visitor-cookie";

export const config = {
  // Neither the API nor files: whatever has a dot in its last segment is one. About routes that are chosen here
  // everything is asked, dots or not.
  matcher: ["/((?!api/|_next/|.*\\.[^/]*$).*)", "/site/:path*"],
};

/**
 * Gives a browser its visitor cookie in time for the page that is about to be rendered, and a page of the site its
 * language and, where it is static, its variants.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { pathname, search } = request.nextUrl;
  // Not for people: which of these somebody sees is decided here.
  if (isSiteRoute(pathname)) return NextResponse.rewrite(new URL(NO_SUCH_PAGE, request.url));
  const isVisit = isDocumentNavigation(request);
  const preview = isVisit ? previewEntry(request.nextUrl) : null;
  if (preview !== null) return NextResponse.rewrite(preview);

  const minted = isVisit ? await mintVisitor(request) : null;
  const route = await siteRouteOf(pathname, localeOf(request), (page) => codeFor(page, request, { isVisit }));
  const forwarded = minted === null ? {} : { request: { headers: new Headers(request.headers) } };
  const response =
    route === null
      ? NextResponse.next(forwarded)
      : NextResponse.rewrite(new URL(route + search, request.url), forwarded);
  const isStatic = staticPages[pathname] !== undefined;
  if (!isStatic && minted === null) return response;
  // A prerendered page would go out as fit for every cache, and the cookie with it.
  response.headers.set("Cache-Control", "private, max-age=0, must-revalidate");
  if (minted !== null) response.cookies.set(VISITOR_COOKIE, minted, visitorCookieOptions());
  return response;
}

/** Has no route, so that Next answers with the application's own 404. */
const NO_SUCH_PAGE = "/404";

function localeOf({ cookies, headers }: NextRequest): LocaleCode {
  return localeFor(cookies.get(LOCALE_COOKIE)?.value, headers.get("accept-language"));
}

/** The cookie of somebody who was never seen before, told to the render of this very request too; null for others. */
async function mintVisitor(request: NextRequest): Promise<string | null> {
  const { CONSENT_MODE, VISITOR_COOKIE_SECRET } = env();
  if (!hasConsented(request.cookies.get(CONSENT_COOKIE)?.value, CONSENT_MODE)) return null;
  const known = await verifyVisitorId(request.cookies.get(VISITOR_COOKIE)?.value, VISITOR_COOKIE_SECRET);
  if (known !== null) return null;
  const { cookie } = await newVisitor();
  // Before the headers are copied.
  request.cookies.set(VISITOR_COOKIE, cookie);
  return cookie;
}

/** A person opens a page: no prefetch, no soft navigation, no frame. Next hides its own headers from proxies. */
function isDocumentNavigation({ method, headers }: NextRequest): boolean {
  if (method !== "GET" || isFetchedAhead(headers)) return false;
  const destination = headers.get("sec-fetch-dest");
  // Old browsers, and people with curl, do not say what the answer is for.
  return destination === null
    ? (headers.get("accept") ?? "").includes("text/html")
    : destination === "document";
}
