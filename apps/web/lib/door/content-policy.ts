import { createHash } from "node:crypto";
import { THEME_SCRIPT } from "@/lib/theme-script";

/** Says which scripts a page may run. The door adds the rest of the policy, as the address and the settings have it. */
export const POLICY_HEADER = "content-security-policy";
/** Both are of an answer. Next would take the nonce of such a request for its own. */
export const REQUEST_POLICIES = [POLICY_HEADER, "content-security-policy-report-only"] as const;

const themeHash = `'sha256-${createHash("sha256").update(THEME_SCRIPT).digest("base64")}'`;

/** The scripts of a page that is rendered for one request: files of ours, and whatever carries its nonce. */
export function scriptsOfRender(nonce: string, isDevelopment: boolean): string {
  // React's development build needs eval.
  const forDevelopment = isDevelopment ? " 'unsafe-eval'" : "";
  return `script-src 'self' 'nonce-${nonce}' ${themeHash}${forDevelopment}`;
}

export interface PolicySettings {
  /** People open this site by https. */
  isSecure: boolean;
  /** The origins that may frame this page. */
  ancestors: readonly string[];
  isDevelopment: boolean;
}

/** The whole policy of a page by what it says of its scripts; of what is no page, where it says nothing. */
export function completePolicy(page: string | null, settings: PolicySettings): string {
  const scripts = /(?:^|;)\s*(script-src [^;]+)/.exec(page ?? "")?.[1];
  // An image such as the icon has styles of its own.
  if (scripts === undefined) return "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
  const { isSecure, ancestors, isDevelopment } = settings;
  return [
    "default-src 'self'",
    scripts,
    // React writes what it computes, such as the width of a bar, as attributes.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    // Analytics too: what goes to PostHog passes through this site.
    `connect-src 'self'${isDevelopment ? " ws:" : ""}`,
    "object-src 'none'",
    "frame-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${ancestors.length === 0 ? "'none'" : ancestors.join(" ")}`,
    ...(isSecure ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}
