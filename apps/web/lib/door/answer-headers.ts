import type { IncomingMessage, OutgoingHttpHeader, ServerResponse } from "node:http";
import { CONSTANT_HEADERS, REFERRER_POLICY } from "./constant-headers";
import { completePolicy, POLICY_HEADER } from "./content-policy";
import { ancestorsOf, type EmbedSettings } from "./embeds";
import { hasSession } from "./has-session";

export interface DoorSettings extends EmbedSettings {
  isSecure: boolean;
  isDevelopment: boolean;
}

const NOBODYS_CACHE = "private, no-store";

/** Sets the headers that every response of this server has: pages, routes, files, redirects and errors alike. */
export function finishHeaders(
  request: Pick<IncomingMessage, "url" | "headers">,
  response: Pick<ServerResponse, "getHeader" | "setHeader" | "removeHeader">,
  settings: DoorSettings,
): void {
  const path = (request.url ?? "/").split("?")[0] ?? "/";
  const policy = textOf(response.getHeader(POLICY_HEADER));
  const ancestors = policy === null ? [] : ancestorsOf(path, settings);
  response.setHeader("Content-Security-Policy", completePolicy(policy, { ...settings, ancestors }));
  for (const [name, value] of Object.entries(CONSTANT_HEADERS)) response.setHeader(name, value);
  // It knows no list of sites.
  if (ancestors.length > 0) response.removeHeader("X-Frame-Options");
  if (response.getHeader("Referrer-Policy") === undefined)
    response.setHeader("Referrer-Policy", REFERRER_POLICY);
  if (settings.isSecure)
    response.setHeader("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
  keepFromCaches(request, response);
}

/** Responses to people who are signed in, and responses that set a cookie, are never cached. Static files are. */
function keepFromCaches(
  { headers }: Pick<IncomingMessage, "headers">,
  response: Pick<ServerResponse, "getHeader" | "setHeader">,
): void {
  const caching = textOf(response.getHeader("Cache-Control")) ?? "";
  const isFile = /\bpublic\b/.test(caching) && response.getHeader("Set-Cookie") === undefined;
  if (isFile || caching.includes("no-store")) return;
  const isOpen = !caching.includes("private") && response.getHeader("Set-Cookie") !== undefined;
  if (isOpen || hasSession(headers.cookie)) response.setHeader("Cache-Control", NOBODYS_CACHE);
}

function textOf(value: OutgoingHttpHeader | undefined): string | null {
  if (value === undefined) return null;
  return Array.isArray(value) ? value.join(", ") : String(value);
}
