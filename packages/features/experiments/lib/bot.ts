import { isbot } from "isbot";

/**
 * Recognises crawlers, monitors, scripts and headless browsers by their user agent. A missing user agent is not one of
 * them.
 */
export function isBotAgent(userAgent: string | null): boolean {
  return isbot(userAgent);
}
