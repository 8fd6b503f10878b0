import { PREVIEW_MARK_COOKIE, readBrowserCookie } from "@calcom/features/experiments";

/** Where the place of the developer's tools is kept; that it is there says that they were used here before. */
export const TOOLS_STORAGE_KEY = "cal_devtools";

const listeners = new Set<() => void>();
// biome-ignore lint/style/noProcessEnv: the bundler puts the value here
const isDevelopment = process.env.NODE_ENV === "development";
let isWantedForGood = false;

/** The page was rendered for somebody who may use the tools. */
export function wantTools(): void {
  isWantedForGood = true;
  for (const listener of listeners) listener();
}

export function onToolsWanted(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Only a hint, for prerendered pages too: what is shown then is the server's answer. Stays true while the page lives. */
export function areToolsWanted(): boolean {
  isWantedForGood ||=
    isDevelopment ||
    readBrowserCookie(PREVIEW_MARK_COOKIE) !== undefined ||
    refusalOf(location.search) !== null ||
    wereUsedBefore();
  return isWantedForGood;
}

/** Whoever is here now may not use them. */
export function forgetTools(): void {
  try {
    localStorage.removeItem(TOOLS_STORAGE_KEY);
  } catch {
    // Forbidden storage holds nothing to forget.
  }
}

/** Why the link that was opened shows nothing, as the address says it. */
export function refusalOf(search: string): string | null {
  const refusal = new URLSearchParams(search).get("preview");
  return refusal !== null && Object.hasOwn(refusalKeys, refusal) ? refusal : null;
}

export const refusalKeys: Readonly<Record<string, string>> = {
  expired: "preview_refused_expired",
  invalid: "preview_refused_invalid",
  unknown: "preview_refused_unknown",
  unavailable: "preview_refused_unavailable",
};

function wereUsedBefore(): boolean {
  try {
    return localStorage.getItem(TOOLS_STORAGE_KEY) !== null;
  } catch {
    // Forbidden storage: they come with the next page that knows who is there.
    return false;
  }
}
