import { isbot } from "isbot";

/** Crawlers, monitors, scripts and headless browsers, by what they call themselves; no agent at all is none of these. */
export function isBotAgent(userAgent: string | null): boolean {
  return isbot(userAgent);
}
