import "server-only";
import { CONSENT_COOKIE } from "@calcom/features/experiments";
import { env } from "@calcom/lib/env";
import { logger } from "@calcom/lib/logger";
import { cookies } from "next/headers";
import { clientAddress } from "@/lib/client-address";
import { NEVER_STORED } from "@/lib/json-endpoint";
import { readBody } from "@/lib/read-body";
import { isSameOrigin } from "@/lib/same-origin";
import { hasConsented } from "./resolve-identity";

const MAX_BODY_BYTES = 1024 * 1024;
const TIMEOUT_MS = 3_000;
/** What waits for a PostHog that hangs must not pile up here; the browser's SDK tries again later. */
const MAX_UNDER_WAY = 64;

let underWay = 0;

/**
 * Passes what posthog-js sends on to PostHog, so that browsers speak to this site alone. Headers are chosen and not
 * copied: no cookie and no session of ours ever leaves.
 */
export async function relayToPostHog(request: Request): Promise<Response> {
  const { POSTHOG_KEY, POSTHOG_HOST, CONSENT_MODE, TRUSTED_PROXIES } = env();
  if (POSTHOG_KEY === undefined) return new Response(null, { status: 404 });
  if (!isSameOrigin(request)) return new Response(null, { status: 403 });
  // A page that is older than the withdrawal may still send: it is told that all is well, and nothing goes on.
  if (!hasConsented((await cookies()).get(CONSENT_COOKIE)?.value, CONSENT_MODE)) return dropped();
  if (underWay >= MAX_UNDER_WAY) return new Response(null, { status: 503 });
  underWay++;
  try {
    const body = await readBody(request, MAX_BODY_BYTES);
    if (body === null) return new Response(null, { status: 413 });
    const address = clientAddress(request.headers, TRUSTED_PROXIES);
    const answer = await fetch(new URL(`/e/${new URL(request.url).search}`, POSTHOG_HOST), {
      method: "POST",
      body,
      headers: {
        "content-type": request.headers.get("content-type") ?? "text/plain",
        ...(address === null ? {} : { "x-forwarded-for": address }),
      },
      cache: "no-store",
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await answer.body?.cancel();
    return new Response(null, { status: answer.status, headers: NEVER_STORED });
  } catch (error) {
    logger.debug("Events of a browser did not reach PostHog", { error });
    return new Response(null, { status: 502, headers: NEVER_STORED });
  } finally {
    underWay--;
  }
}

function dropped(): Response {
  return new Response(null, { status: 204, headers: NEVER_STORED });
}
