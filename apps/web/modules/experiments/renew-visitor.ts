import "server-only";
import { env } from "@calcom/lib/env";
import type { NextRequest } from "next/server";
import { ownCookies, readValue, writtenName } from "@/lib/own-cookies";
import { hasConsented } from "@/modules/consent/consent-choice";
import type { MadeFor } from "./first-sight";
import { renewedVisitor } from "./visitor-cookie";

/**
 * The cookie that the browser lacks; null where it has it. The render of this very request is told of a new visitor
 * unless a page of this site was there before: it brought a cookie, which this browser does not keep.
 */
export async function renewVisitor(
  request: NextRequest,
): Promise<{ cookie: string; madeFor: MadeFor | null } | null> {
  const consent = readValue(request.cookies, ownCookies.consent);
  if (!hasConsented(consent, request.headers, env().CONSENT_MODE)) return null;
  const renewed = await renewedVisitor(request.cookies);
  if (renewed === null) return null;
  const { cookie, isNew } = renewed;
  if (!isNew) return { cookie, madeFor: null };
  if (request.headers.get("sec-fetch-site") === "same-origin") return { cookie, madeFor: "next-page" };
  // Before the headers are copied.
  request.cookies.set(writtenName(ownCookies.visitor), cookie);
  return { cookie, madeFor: "this-page" };
}
