import { readBrowserCookie } from "../cookie-names";
import { CONSENT_COOKIE, VISITOR_STORAGE_KEY } from "../visitor-id";
import { clearCache } from "./answer-cache";

/** Whether consent was refused or withdrawn in any tab of this browser. */
export function hasDeclined(): boolean {
  return readBrowserCookie(CONSENT_COOKIE) === "denied";
}

/** Removes what experiments keep in this browser beside the cookies, which are the server's to remove. */
export function forgetBrowser(): void {
  try {
    localStorage.removeItem(VISITOR_STORAGE_KEY);
    clearCache();
  } catch {
    // Where storage is forbidden nothing was ever kept.
  }
}
