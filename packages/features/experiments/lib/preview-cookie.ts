import { readOwnJson } from "@calcom/lib/json";
import type { HostId } from "../types/host-id";
import { computeHmac, verifyHmacOfAny } from "./hmac";
import { MAX_PREVIEWS, type WantedVariant } from "./preview-link";

/** The signed previews of this browser; HttpOnly, and deleted at the end of the browser's session. */
export const PREVIEW_COOKIE = "cal_preview";
/** Tells scripts only that there is a preview, so that pages without one load nothing for it. */
export const PREVIEW_MARK_COOKIE = "cal_preview_on";

export interface Preview extends WantedVariant {
  /** Epoch milliseconds. */
  expiresAt: number;
  /**
   * The person who previews by role: the preview ends with their session and with their role. Null if a link granted
   * it.
   */
  grantedTo: HostId | null;
  /** The link that granted it: the preview ends with it too. Null if a role did. */
  linkId: string | null;
}

/** Makes the value of the cookie. If there are more previews than one browser may have, the latest are kept. */
export async function signPreviews(previews: Preview[], secret: string): Promise<string> {
  const entries = previews
    .slice(-MAX_PREVIEWS)
    .map(
      ({ slug, variant, expiresAt, grantedTo, linkId }): Entry => [
        slug,
        variant,
        expiresAt,
        grantedTo,
        linkId,
      ],
    );
  const payload = toBase64Url(JSON.stringify(entries));
  return `${payload}.${await computeHmac(buildSignedText(payload), secret)}`;
}

/** Reads the previews that one of the secrets has signed and that have not expired; none for anything else. */
export async function verifyPreviews(
  cookie: string | undefined,
  secrets: readonly string[],
  now: number,
): Promise<Preview[]> {
  if (cookie === undefined || cookie.length > MAX_LENGTH) return [];
  const [, payload, signature] = COOKIE.exec(cookie) ?? [];
  if (payload === undefined || signature === undefined) return [];
  if (!(await verifyHmacOfAny(buildSignedText(payload), signature, secrets))) return [];
  return (readOwnJson(fromBase64Url(payload)) as Entry[])
    .map(([slug, variant, expiresAt, grantedTo, linkId = null]) => ({
      slug,
      variant,
      expiresAt,
      grantedTo,
      linkId,
    }))
    .filter(({ expiresAt }) => now < expiresAt);
}

type Entry = [
  slug: string,
  variant: string,
  expiresAt: number,
  grantedTo: HostId | null,
  linkId?: string | null,
];

/** Browsers keep no longer cookie than this. */
const MAX_LENGTH = 4096;
const COOKIE = /^([A-Za-z0-9_-]+)\.([0-9a-f]{64})$/;

function buildSignedText(payload: string): string {
  return `${PREVIEW_COOKIE}:${payload}`;
}

function toBase64Url(text: string): string {
  const binary = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fromBase64Url(text: string): string {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return new TextDecoder().decode(Uint8Array.from(binary, (char) => char.charCodeAt(0)));
}
