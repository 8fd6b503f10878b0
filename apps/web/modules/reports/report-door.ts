import "server-only";
import { env } from "@calcom/lib/env";
import { findNetwork } from "@calcom/lib/network";
import { RateLimit } from "@calcom/lib/rate-limit";
import { strike } from "@calcom/lib/strike";
import { type NextRequest, NextResponse } from "next/server";
import { clientOf } from "@/lib/client-address";
import type { LocaleCode } from "@/lib/locale";

const MINUTE_MS = 60_000;
/** Secrets cannot be guessed; this keeps the guessing from costing much. */
const ofOne = new RateLimit({ points: 60, windowMs: MINUTE_MS, sharedPoints: 600 });
/** Of an address behind which many people may be. */
const ofMany = new RateLimit({ points: 600, windowMs: MINUTE_MS });

/** The answer to whoever asks for shared reports too often; null for everybody else. */
export async function refuseFlood(request: NextRequest, locale: LocaleCode): Promise<NextResponse | null> {
  const { address, isShared } = clientOf(request.headers, env().TRUSTED_PROXIES);
  const limit = isShared ? ofMany : ofOne;
  if (limit.take(address === null ? "unknown" : findNetwork(address))) return null;
  strike("reports.opened");
  const { localeOf } = await import("@/lib/i18n-server");
  return new NextResponse(localeOf(locale).t("report_too_many"), {
    status: 429,
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "retry-after": String(limit.secondsLeft()),
      ...PRIVATE,
    },
  });
}

/** No cache keeps what the address opens, no search engine finds it, and no other site is told of it. */
const PRIVATE = {
  "cache-control": "private, no-store",
  "referrer-policy": "no-referrer",
  "x-robots-tag": "noindex, nofollow, noarchive",
};

/** Also where the link opens nothing: the answers are alike. */
export function closeReport(response: NextResponse): NextResponse {
  for (const [name, value] of Object.entries(PRIVATE)) response.headers.set(name, value);
  return response;
}
