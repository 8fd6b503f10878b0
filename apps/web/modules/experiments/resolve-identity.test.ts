import { mintVisitorId } from "@calcom/features/experiments";
import { describe, expect, test } from "vitest";
import { cookieOf } from "@/modules/consent/consent-choice";
import { type IdentitySource, resolveIdentity } from "./resolve-identity";

const SECRET = "a-secret-of-at-least-thirty-two-characters";
const PERSON =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
const visitor = await mintVisitorId(SECRET);

function identify(
  changes: Partial<Omit<IdentitySource, "headers" | "settings">> & {
    headers?: Record<string, string>;
    settings?: Partial<IdentitySource["settings"]>;
  } = {},
) {
  return resolveIdentity({
    userId: null,
    visitorCookies: [visitor.cookie],
    consentCookie: undefined,
    ...changes,
    headers: new Headers({ "user-agent": PERSON, ...changes.headers }),
    settings: {
      VISITOR_COOKIE_SECRET: SECRET,
      CONSENT_MODE: "off",
      TRUSTED_PROXIES: { kind: "none" },
      ...changes.settings,
    },
  });
}

describe("the visitor", () => {
  test("is whom the signed cookie names", async () => {
    expect(await identify()).toEqual({
      userId: null,
      visitorId: visitor.id,
      isBot: false,
      hasConsent: true,
      address: null,
      isSharedAddress: true,
    });
  });

  test.each(["", visitor.id, `${visitor.cookie}0`])("is nobody with the cookie %s", async (visitorCookie) => {
    expect((await identify({ visitorCookies: [visitorCookie] })).visitorId).toBeNull();
  });

  test("is nobody before consent and after its withdrawal, where consent is required", async () => {
    const settings = { CONSENT_MODE: "required" } as const;
    for (const consentCookie of [undefined, "denied", ""])
      expect(await identify({ settings, consentCookie })).toMatchObject({
        visitorId: null,
        hasConsent: false,
      });
    expect(await identify({ settings, consentCookie: "granted" })).toMatchObject({
      visitorId: visitor.id,
      hasConsent: true,
    });
  });
});

describe("a browser that says no to every site (Sec-GPC: 1)", () => {
  const ask = (consentCookie: string | undefined, gpc: string, mode: "off" | "required" = "required") =>
    identify({ consentCookie, headers: { "sec-gpc": gpc }, settings: { CONSENT_MODE: mode } });

  test.each([undefined, "denied", "granted", "granted_all_the_sam"])(
    "has refused where consent is required, whatever was answered before it said so: %s",
    async (cookie) => {
      expect(await ask(cookie, "1")).toMatchObject({ visitorId: null, hasConsent: false });
    },
  );

  test("has not where somebody has accepted all the same, and that holds without the signal too", async () => {
    const request = new Headers({ "sec-gpc": "1" });
    for (const gpc of ["1", "0"])
      expect(await ask(cookieOf("granted", request), gpc)).toMatchObject({
        visitorId: visitor.id,
        hasConsent: true,
      });
  });

  test("says nothing where consent is not required, and no other value says anything", async () => {
    expect(await ask(undefined, "1", "off")).toMatchObject({ hasConsent: true });
    for (const gpc of ["0", "", "true"])
      expect(await ask("granted", gpc)).toMatchObject({ hasConsent: true });
  });
});

describe("a bot", () => {
  test.each(["Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "curl/8.5.0"])(
    "is what calls itself %s",
    async (agent) => {
      expect((await identify({ headers: { "user-agent": agent } })).isBot).toBe(true);
    },
  );

  test("is nobody who has signed in", async () => {
    expect((await identify({ userId: 7, headers: { "user-agent": "curl/8.5.0" } })).isBot).toBe(false);
  });
});

test("the address is believed from trusted proxies only", async () => {
  const headers = { "x-forwarded-for": "198.51.100.1, 203.0.113.7" };
  expect((await identify({ headers })).address).toBeNull();
  const settings = { TRUSTED_PROXIES: { kind: "hops", count: 1 } } as const;
  expect((await identify({ headers, settings })).address).toBe("203.0.113.7");
});
