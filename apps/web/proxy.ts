import { CONSENT_COOKIE, VISITOR_COOKIE, verifyVisitorId } from "@calcom/features/experiments";
import { env } from "@calcom/lib/env";
import { type NextRequest, NextResponse } from "next/server";
import { hasConsented } from "@/modules/experiments/resolve-identity";
import { newVisitor, visitorCookieOptions } from "@/modules/experiments/visitor-cookie";

export const config = {
  // Neither the API nor files: whatever has a dot in its last segment is one.
  matcher: ["/((?!api/|_next/|.*\\.[^/]*$).*)"],
};

/** Gives a browser its visitor cookie, in time for the page that is about to be rendered. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { CONSENT_MODE, VISITOR_COOKIE_SECRET } = env();
  const mayRemember = hasConsented(request.cookies.get(CONSENT_COOKIE)?.value, CONSENT_MODE);
  if (!mayRemember || !isDocumentNavigation(request)) return NextResponse.next();
  const known = await verifyVisitorId(request.cookies.get(VISITOR_COOKIE)?.value, VISITOR_COOKIE_SECRET);
  if (known !== null) return NextResponse.next();

  const { cookie } = await newVisitor();
  // Before the headers are copied: so the render of this very request knows the visitor.
  request.cookies.set(VISITOR_COOKIE, cookie);
  const response = NextResponse.next({ request: { headers: new Headers(request.headers) } });
  response.cookies.set(VISITOR_COOKIE, cookie, visitorCookieOptions());
  // A prerendered page would go out as fit for every cache, and the cookie with it.
  response.headers.set("Cache-Control", "private, max-age=0, must-revalidate");
  return response;
}

/** A person opens a page: no prefetch, no soft navigation, no frame. Next hides its own headers from proxies. */
function isDocumentNavigation({ method, headers }: NextRequest): boolean {
  if (method !== "GET") return false;
  const purpose = headers.get("sec-purpose") ?? headers.get("purpose") ?? headers.get("x-purpose");
  if (purpose?.includes("prefetch")) return false;
  const destination = headers.get("sec-fetch-dest");
  // Old browsers, and people with curl, do not say what the answer is for.
  return destination === null
    ? (headers.get("accept") ?? "").includes("text/html")
    : destination === "document";
}
