import "server-only";
import { experiments } from "@calcom/features/experiments/server";
import { env } from "@calcom/lib/env";
import { logger } from "@calcom/lib/logger";
import { cookies } from "next/headers";
import { z } from "zod";
import { NEVER_STORED, parseJson, refuse, refuseOtherSites } from "@/lib/json-endpoint";
import { dropCookie, ownCookies, readValues, replaceCookie } from "@/lib/own-cookies";
import { readBody } from "@/lib/read-body";
import { isSameOrigin } from "@/lib/same-origin";
import { newVisitor, readVisitorId } from "@/modules/experiments/visitor-cookie";
import { cookieOf } from "./consent-choice";

const bodySchema = z.object({ choice: z.enum(["granted", "denied"]) });

/** Keeps a choice, and does at once what follows from it: 204, else `{ code, message }`. */
export async function consentEndpoint(request: Request): Promise<Response> {
  if (!isSameOrigin(request)) return refuseOtherSites();
  const body = await readBody(request, 1024);
  const input = bodySchema.safeParse(parseJson(body?.toString("utf8") ?? ""));
  if (!input.success) return refuse(400, "invalid_input", 'Send {"choice": "granted"} or "denied".');
  const { choice } = input.data;
  replaceCookie(await cookies(), ownCookies.consent, cookieOf(choice, request.headers));
  try {
    await (choice === "granted" ? remember() : forget());
    return new Response(null, { status: 204, headers: NEVER_STORED });
  } catch (error) {
    // The choice holds from now on. What is left over goes with the next try, for which the cookie is kept.
    logger.error("A visitor who no longer consents was not forgotten", { error });
    return refuse(503, "unavailable", "Your choice holds, but not everything could be removed yet.");
  }
}

/** The page that is open goes on with a visitor: no other request would make one before the next page. */
async function remember(): Promise<void> {
  const jar = await cookies();
  if ((await readVisitorId(readValues(jar, ownCookies.visitor), env())) !== null) return;
  replaceCookie(jar, ownCookies.visitor, (await newVisitor()).cookie);
}

async function forget(): Promise<void> {
  const jar = await cookies();
  const visitorId = await readVisitorId(readValues(jar, ownCookies.visitor), env());
  if (visitorId !== null) await experiments().forgetVisitor(visitorId);
  dropCookie(jar, ownCookies.visitor);
}
