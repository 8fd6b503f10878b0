import type { Env } from "@calcom/lib/env";
import type { ConsentChoice } from "./types";

/** A value of the cookie: the visitor accepted although their browser sends Global Privacy Control. */
const GRANTED_ALL_THE_SAME = "granted_all_the_same";

type HeadersOfRequest = Pick<Headers, "get">;

/** Global Privacy Control: the browser asks every site to neither share nor keep. */
export function saysNoToAll(headers: HeadersOfRequest): boolean {
  return headers.get("sec-gpc") === "1";
}

/**
 * What the visitor has answered; null if they have not. Global Privacy Control counts as a refusal, even after an earlier
 * yes, until the visitor accepts on this site with it on.
 */
export function choiceOf(cookie: string | undefined, headers: HeadersOfRequest): ConsentChoice | null {
  if (cookie === GRANTED_ALL_THE_SAME) return "granted";
  if (cookie === "denied" || saysNoToAll(headers)) return "denied";
  return cookie === "granted" ? "granted" : null;
}

/** Whether that answer is the browser's, and not theirs. */
export function isAnsweredByBrowser(cookie: string | undefined, headers: HeadersOfRequest): boolean {
  return saysNoToAll(headers) && cookie !== "denied" && cookie !== GRANTED_ALL_THE_SAME;
}

export function hasConsented(
  cookie: string | undefined,
  headers: HeadersOfRequest,
  mode: Env["CONSENT_MODE"],
): boolean {
  return mode === "off" || choiceOf(cookie, headers) === "granted";
}

/** The cookie that keeps an answer. */
export function cookieOf(choice: ConsentChoice, headers: HeadersOfRequest): string {
  return choice === "granted" && saysNoToAll(headers) ? GRANTED_ALL_THE_SAME : choice;
}
