import "server-only";
import { env } from "@calcom/lib/env";
import { logger } from "@calcom/lib/logger";
import { RateLimit } from "@calcom/lib/rate-limit";
import { within } from "@calcom/lib/within";
import { cookies } from "next/headers";
import { clientAddress } from "@/lib/client-address";
import { NEVER_STORED } from "@/lib/json-endpoint";
import { ownCookies, readValue, readValues } from "@/lib/own-cookies";
import { readBody } from "@/lib/read-body";
import { isSameOrigin } from "@/lib/same-origin";
import { hasConsented } from "@/modules/consent/consent-choice";
import { readRelayedEvents } from "./relayed-events";
import { readVisitorId } from "./visitor-cookie";

const MAX_BODY_BYTES = 1024 * 1024;
/** A body that takes longer holds nothing up but itself: a slot is taken once it is here. */
const BODY_WITHIN_MS = 5_000;
const TIMEOUT_MS = 3_000;
/** What waits for a PostHog that hangs must not pile up here; the browser's SDK tries again later. */
const MAX_UNDER_WAY = 64;

const MINUTE_MS = 60_000;
/** The SDK sends every three seconds at most. Those of whom nothing is known share what is for all of them. */
const perBrowser = new RateLimit({ points: 120, windowMs: MINUTE_MS, maxKeys: 20_000, sharedPoints: 1_200 });
const UNKNOWN = new RateLimit({ points: 600, windowMs: MINUTE_MS });

let underWay = 0;

/**
 * Passes what posthog-js sends on to PostHog, so that browsers speak to this site alone. Events of our project only,
 * and none that only the server may send. Headers are chosen and not copied: no cookie and no session of ours ever
 * leaves.
 */
export async function relayToPostHog(request: Request): Promise<Response> {
  const { POSTHOG_KEY, CONSENT_MODE, TRUSTED_PROXIES } = env();
  if (POSTHOG_KEY === undefined) return answer(404);
  if (!isSameOrigin(request)) return answer(403);
  // A page that is older than the withdrawal may still send: it is told that all is well, and nothing goes on.
  const consent = readValue(await cookies(), ownCookies.consent);
  if (!hasConsented(consent, request.headers, CONSENT_MODE)) return answer(204);
  const address = clientAddress(request.headers, TRUSTED_PROXIES);
  const waitS = await takeTurn(address);
  if (waitS > 0) return answer(429, { "retry-after": String(waitS) });
  try {
    const body = await within(BODY_WITHIN_MS, readBody(request, MAX_BODY_BYTES), () => new SlowBody());
    if (body === null) return answer(413);
    const events = readRelayedEvents(body, POSTHOG_KEY);
    if (events === null) return answer(400);
    return events === "" ? answer(204) : await passOn(events, queryOf(request), address);
  } catch (error) {
    // A client that makes the relay wait is cut off.
    if (error instanceof SlowBody) return answer(408, { connection: "close" });
    logger.debug("Events of a browser did not reach PostHog", { error });
    return answer(502);
  }
}

class SlowBody extends Error {}

/** How many seconds to wait; 0 where this browser may send. */
async function takeTurn(address: string | null): Promise<number> {
  const who = address ?? (await readVisitorId(readValues(await cookies(), ownCookies.visitor), env()));
  const limit = who === null ? UNKNOWN : perBrowser;
  return limit.take(who ?? "") ? 0 : limit.secondsLeft();
}

async function passOn(body: string, query: URLSearchParams, address: string | null): Promise<Response> {
  if (underWay >= MAX_UNDER_WAY) return answer(503);
  underWay++;
  try {
    const response = await fetch(new URL(`/e/?${query}`, env().POSTHOG_HOST), {
      method: "POST",
      body,
      headers: {
        "content-type": "application/json",
        ...(address === null ? {} : { "x-forwarded-for": address }),
      },
      cache: "no-store",
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    return answer(response.status);
  } finally {
    underWay--;
  }
}

/** What the SDK tells PostHog in the address: its version, the time, whether it tries again. Nothing else is known. */
const KNOWN_QUERY = ["ver", "ip", "_", "retry_count", "beacon"];

function queryOf(request: Request): URLSearchParams {
  const given = new URL(request.url).searchParams;
  const known = KNOWN_QUERY.map((name): [string, string | null] => [name, given.get(name)]);
  return new URLSearchParams(
    known.filter((entry): entry is [string, string] => entry[1] !== null && /^[\w.-]{0,32}$/.test(entry[1])),
  );
}

function answer(status: number, headers: Record<string, string> = {}): Response {
  return new Response(null, { status, headers: { ...NEVER_STORED, ...headers } });
}
