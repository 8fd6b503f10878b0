/**
 * What every answer has. The door sets them, and so does Next's configuration: requests that come while the server
 * starts are not seen by the door.
 */
export const CONSTANT_HEADERS: Readonly<Record<string, string>> = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/** Some answers are stricter. */
export const REFERRER_POLICY = "strict-origin-when-cross-origin";
