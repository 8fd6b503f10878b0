import { computeHmac, verifyHmacOfAny } from "./hmac";

/** A page shows `urgent` of `upgrade-button-test` with `?experiment.upgrade-button-test=urgent`, … */
export const PREVIEW_PARAM_PREFIX = "experiment.";
/** … to everybody who adds a token of ours, one for each experiment. */
export const PREVIEW_TOKEN_PARAM = "preview";
/** The most experiments in one link, and in the previews of one browser. */
export const MAX_PREVIEWS = 8;

/** A variant to look at without taking part. */
export interface WantedVariant {
  slug: string;
  variant: string;
}

export interface PreviewRequest {
  wanted: WantedVariant[];
  tokens: string[];
  /** The query without these parameters, for the page itself. */
  rest: URLSearchParams;
}

/**
 * Reads what a query asks to preview. Impossible names are ignored; if an experiment is named twice, the first variant
 * counts.
 */
export function readPreviewQuery(query: URLSearchParams): PreviewRequest {
  const wanted = new Map<string, string>();
  const tokens: string[] = [];
  const rest = new URLSearchParams();
  for (const [name, value] of query) {
    if (name === PREVIEW_TOKEN_PARAM) {
      if (tokens.length < MAX_PREVIEWS) tokens.push(value);
    } else if (name.startsWith(PREVIEW_PARAM_PREFIX)) {
      const slug = name.slice(PREVIEW_PARAM_PREFIX.length);
      if (isNameable(slug, MAX_SLUG) && isNameable(value, MAX_VARIANT) && wanted.size < MAX_PREVIEWS)
        if (!wanted.has(slug)) wanted.set(slug, value);
    } else rest.append(name, value);
  }
  return { wanted: [...wanted].map(([slug, variant]) => ({ slug, variant })), tokens, rest };
}

/** The stored link that a token belongs to: with it ends what the token shows. */
export interface LinkOfToken {
  /** 32 hexadecimal digits. */
  linkId: string;
  /** Epoch milliseconds, in whole seconds. */
  expiresAt: number;
}

/** Makes a token that shows one variant of one experiment, for as long as its link is there and has not expired. */
export async function signPreview(
  { slug, variant }: WantedVariant,
  { linkId, expiresAt }: LinkOfToken,
  secret: string,
): Promise<string> {
  const seconds = Math.floor(expiresAt / 1000);
  const signature = await computeHmac(buildSignedText(slug, variant, seconds, linkId), secret);
  return `${seconds.toString(36)}.${linkId}.${signature}`;
}

export type VerifiedPreview =
  | ({ status: "valid" } & LinkOfToken)
  | { status: "expired" }
  | { status: "forged" };

/** Whether one of the secrets has signed the token; not whether its link is still there. `expired` is said of ours alone. Takes the same time wherever two signatures differ. */
export async function verifyPreview(
  { slug, variant }: WantedVariant,
  token: string,
  secrets: readonly string[],
  now: number,
): Promise<VerifiedPreview> {
  const [, base36, linkId, signature] = TOKEN.exec(token) ?? [];
  if (base36 === undefined || linkId === undefined || signature === undefined) return { status: "forged" };
  const seconds = Number.parseInt(base36, 36);
  if (!(await verifyHmacOfAny(buildSignedText(slug, variant, seconds, linkId), signature, secrets)))
    return { status: "forged" };
  const expiresAt = seconds * 1000;
  return now < expiresAt ? { status: "valid", expiresAt, linkId } : { status: "expired" };
}

/** Makes the query of a link that shows these variants. */
export function previewQuery(signed: (WantedVariant & { token: string })[]): string {
  const query = new URLSearchParams();
  for (const { slug, variant } of signed) query.append(PREVIEW_PARAM_PREFIX + slug, variant);
  for (const { token } of signed) query.append(PREVIEW_TOKEN_PARAM, token);
  return query.toString();
}

// The limits of the schemas. Those need zod, which is too large for a proxy.
const MAX_SLUG = 200;
const MAX_VARIANT = 64;
const TOKEN = /^([0-9a-z]{1,8})\.([0-9a-f]{32})\.([0-9a-f]{64})$/;

function isNameable(name: string, max: number): boolean {
  return name !== "" && name.length <= max && !name.includes("\0") && name.isWellFormed();
}

/** Written as JSON, so that different ones never look alike. */
function buildSignedText(slug: string, variant: string, seconds: number, linkId: string): string {
  return `preview-link:${JSON.stringify([slug, variant, seconds, linkId])}`;
}
