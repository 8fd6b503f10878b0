import "server-only";
import {
  CONSENT_COOKIE,
  cookieNames,
  PREVIEW_COOKIE,
  PREVIEW_MARK_COOKIE,
  VISITOR_COOKIE,
  VISITOR_COOKIE_MAX_AGE_SECONDS,
} from "@calcom/features/experiments";
import { type Env, env } from "@calcom/lib/env";
import { LOCALE_COOKIE } from "./locale";

interface OwnCookie {
  name: string;
  httpOnly: boolean;
  /** Seconds. Without them it ends with the browser's session. */
  maxAge?: number;
  /** It holds for all hosts of VISITOR_COOKIE_DOMAIN. */
  isShared?: true;
}

const A_YEAR = 365 * 24 * 60 * 60;
/** People are asked again after half a year, whatever they said. */
const HALF_A_YEAR = 180 * 24 * 60 * 60;

/** Every cookie of ours; that of the session is next-auth's. */
export const ownCookies = {
  visitor: {
    name: VISITOR_COOKIE,
    httpOnly: true,
    maxAge: VISITOR_COOKIE_MAX_AGE_SECONDS,
    isShared: true,
  },
  // Scripts read it: pages that are open in other tabs stop at once. It names nobody.
  consent: { name: CONSENT_COOKIE, httpOnly: false, maxAge: HALF_A_YEAR, isShared: true },
  preview: { name: PREVIEW_COOKIE, httpOnly: true },
  // Pages are prerendered, and their scripts cannot see the other one: it tells them to ask what is previewed.
  previewMark: { name: PREVIEW_MARK_COOKIE, httpOnly: false },
  // By it a browser is known for the accounts that have signed in here. It opens none of them.
  device: { name: "cal_device", httpOnly: true, maxAge: A_YEAR },
  locale: { name: LOCALE_COOKIE, httpOnly: true, maxAge: A_YEAR },
} as const satisfies Record<string, OwnCookie>;

/** Cookies of a proxy's request, or of `next/headers`. */
export interface ReadableJar {
  get(name: string): { value: string } | undefined;
}

export interface WritableJar {
  set(name: string, value: string, options: CookieAttributes): unknown;
}

interface CookieAttributes {
  httpOnly: boolean;
  path: string;
  secure: boolean;
  sameSite: "lax" | "none";
  partitioned?: boolean;
  domain?: string;
  maxAge?: number;
}

/** Its values, that of the strongest name first. */
export function readValues(jar: ReadableJar, { name }: OwnCookie): string[] {
  return cookieNames(name).flatMap((each) => jar.get(each)?.value ?? []);
}

export function readValue(jar: ReadableJar, cookie: OwnCookie): string | undefined {
  return readValues(jar, cookie)[0];
}

/**
 * The name under which it is written here.
 *
 * @param settings where people open the site, and whether its hosts share what can be shared
 */
export function writtenName({ name, isShared }: OwnCookie, settings: CookieSettings = env()): string {
  const [host, secure, plain] = cookieNames(name);
  if (!settings.NEXTAUTH_URL.startsWith("https:")) return plain;
  return isShared && settings.VISITOR_COOKIE_DOMAIN !== undefined ? secure : host;
}

type CookieSettings = Pick<Env, "NEXTAUTH_URL" | "VISITOR_COOKIE_DOMAIN">;

/**
 * Writes it as strong as the address allows. `isFramed` is for a page of ours within one of another site: there its
 * cookies are kept apart for that site, and are sent there alone.
 */
export function writeCookie(
  jar: WritableJar,
  cookie: OwnCookie,
  value: string,
  { isFramed = false }: { isFramed?: boolean } = {},
): void {
  const { NEXTAUTH_URL } = env();
  const isPartitioned = isFramed && NEXTAUTH_URL.startsWith("https:");
  jar.set(writtenName(cookie), value, {
    ...attributesOf(cookie, writtenName(cookie)),
    ...(isPartitioned ? { sameSite: "none", partitioned: true } : {}),
    ...(cookie.maxAge === undefined ? {} : { maxAge: cookie.maxAge }),
  });
}

/** The same, and removes what there is under its other names, which might be read first. */
export function replaceCookie(jar: ReadableJar & WritableJar, cookie: OwnCookie, value: string): void {
  dropNames(jar, cookie, writtenName(cookie));
  writeCookie(jar, cookie, value);
}

export function dropCookie(jar: ReadableJar & WritableJar, cookie: OwnCookie): void {
  dropNames(jar, cookie, null);
}

function dropNames(jar: ReadableJar & WritableJar, cookie: OwnCookie, kept: string | null): void {
  for (const name of cookieNames(cookie.name))
    if (name !== kept && jar.get(name) !== undefined)
      jar.set(name, "", { ...attributesOf(cookie, name), maxAge: 0 });
}

/** Other sites cannot send it, and it is as secure as the address that people open. */
export function commonAttributes() {
  return { sameSite: "lax", path: "/", secure: env().NEXTAUTH_URL.startsWith("https:") } as const;
}

function attributesOf({ httpOnly, isShared, name }: OwnCookie, written: string): CookieAttributes {
  const { NEXTAUTH_URL, VISITOR_COOKIE_DOMAIN } = env();
  const [host, secure] = cookieNames(name);
  const isOfDomain = isShared === true && VISITOR_COOKIE_DOMAIN !== undefined && written !== host;
  return {
    ...commonAttributes(),
    httpOnly,
    secure: written === host || written === secure || NEXTAUTH_URL.startsWith("https:"),
    ...(isOfDomain ? { domain: VISITOR_COOKIE_DOMAIN } : {}),
  };
}
