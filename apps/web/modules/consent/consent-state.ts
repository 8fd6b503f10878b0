import { CONSENT_COOKIE, readBrowserCookie } from "@calcom/features/experiments";

const STORAGE_KEY = "cal_consent_not_needed";

export function hasChosen(): boolean {
  return readBrowserCookie(CONSENT_COOKIE) !== undefined;
}

/** Global Privacy Control: visitors who have set it are not asked again. They can accept at /privacy. */
export function saysNoToAll(): boolean {
  return (navigator as { globalPrivacyControl?: unknown }).globalPrivacyControl === true;
}

/** Kept for this tab, so that an installation that never asks is not asked about it on every page. */
export function rememberNotNeeded(): void {
  try {
    sessionStorage.setItem(STORAGE_KEY, "yes");
  } catch {
    // Where storage is forbidden, the next page asks again.
  }
}

export function isKnownNotNeeded(): boolean {
  try {
    return sessionStorage.getItem(STORAGE_KEY) === "yes";
  } catch {
    return false;
  }
}
