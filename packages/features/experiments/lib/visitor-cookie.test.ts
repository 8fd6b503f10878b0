import { describe, expect, test } from "vitest";
import { isFetchedAhead } from "./fetched-ahead";
import { FIRST_SIGHT_HEADER, prepareVisitor, readVisitor, type VisitorSettings } from "./visitor-cookie";
import { mintVisitorId } from "./visitor-id";

const SECRETS = ["the-present-secret-of-the-tests-0123", "the-secret-before-of-the-tests-4567"] as const;
const settings: VisitorSettings = { secrets: SECRETS, isSecure: true };

/** A page that somebody opens from elsewhere. */
function prepare(
  headers: Record<string, string> = {},
  changes: Partial<VisitorSettings> = {},
  method = "GET",
) {
  const given = new Headers({ "sec-fetch-dest": "document", "sec-fetch-site": "none", ...headers });
  return prepareVisitor({ method, headers: given }, { ...settings, ...changes });
}

const pairOf = (setCookie: string | null) => /^([^=]+)=([^;]+)/.exec(setCookie ?? "")?.slice(1) ?? [];

describe("a browser without a cookie", () => {
  test("gets one, and the page that it opens knows its visitor", async () => {
    const { headers, setCookie } = await prepare({ cookie: "theme=dark" });
    const [name, value] = pairOf(setCookie);
    expect(name).toBe("__Host-cal_vid");
    expect(setCookie).toMatch(/; Path=\/; Max-Age=31536000; HttpOnly; SameSite=Lax; Secure$/);
    expect(headers.get("cookie")).toBe(`theme=dark; ${name}=${value}`);
    expect(headers.get(FIRST_SIGHT_HEADER)).toBe("this-page");
    expect(await readVisitor(headers.get("cookie") ?? "", SECRETS)).not.toBeNull();
  });

  test("that has come from a page of this site does not keep them: its visitor is for the next page", async () => {
    const { headers, setCookie } = await prepare({ "sec-fetch-site": "same-origin" });
    expect(setCookie).not.toBeNull();
    expect(headers.get("cookie")).toBeNull();
    expect(headers.get(FIRST_SIGHT_HEADER)).toBe("next-page");
  });

  test("over http gets one that http may keep", async () => {
    const { setCookie } = await prepare({}, { isSecure: false });
    expect(pairOf(setCookie)[0]).toBe("cal_vid");
    expect(setCookie).not.toContain("Secure");
  });

  test.each([
    ["a call", { "sec-fetch-dest": "empty" }, "GET"],
    ["a frame", { "sec-fetch-dest": "iframe" }, "GET"],
    ["a form", {}, "POST"],
  ])("gets none with %s", async (_, headers, method) => {
    expect((await prepare(headers, {}, method)).setCookie).toBeNull();
  });

  test("of old says by `accept` that it opens a page", async () => {
    const ask = (accept: string) =>
      prepareVisitor({ method: "GET", headers: new Headers({ accept }) }, settings);
    expect((await ask("text/html,*/*")).setCookie).not.toBeNull();
    expect((await ask("application/json")).setCookie).toBeNull();
  });

  test("gets none before consent", async () => {
    expect((await prepare({}, { hasConsent: false })).setCookie).toBeNull();
  });
});

describe("a browser with a cookie", () => {
  test("keeps it, and is no first sight", async () => {
    const { cookie } = await mintVisitorId(SECRETS[0]);
    const { headers, setCookie } = await prepare({ cookie: `__Host-cal_vid=${cookie}` });
    expect(setCookie).toBeNull();
    expect(headers.get(FIRST_SIGHT_HEADER)).toBeNull();
  });

  test.each([
    ["of the secret before", SECRETS[1], "__Host-cal_vid"],
    ["of a weaker name", SECRETS[0], "cal_vid"],
  ])("%s stays the same visitor, signed anew", async (_, secret, name) => {
    const { id, cookie } = await mintVisitorId(secret);
    const { headers, setCookie } = await prepare({ cookie: `${name}=${cookie}` });
    expect(pairOf(setCookie)[0]).toBe("__Host-cal_vid");
    expect(await readVisitor(`__Host-cal_vid=${pairOf(setCookie)[1]}`, [SECRETS[0]])).toBe(id);
    expect(headers.get(FIRST_SIGHT_HEADER)).toBeNull();
  });

  test("that somebody else has signed is a new visitor", async () => {
    const { id, cookie } = await mintVisitorId("a-secret-of-somebody-else-0123456789");
    const { headers } = await prepare({ cookie: `__Host-cal_vid=${cookie}` });
    const visitor = await readVisitor(headers.get("cookie") ?? "", SECRETS);
    expect(visitor).not.toBeNull();
    expect(visitor).not.toBe(id);
  });
});

test.each([true, false])(
  "a HEAD is rendered as a page that nobody looks at; with consent: %s",
  async (hasConsent) => {
    const { cookie } = await mintVisitorId(SECRETS[0]);
    const head = await prepare({ cookie: `__Host-cal_vid=${cookie}` }, { hasConsent }, "HEAD");
    expect([isFetchedAhead(head.headers), head.setCookie]).toEqual([true, null]);
    expect(isFetchedAhead((await prepare({}, { hasConsent })).headers)).toBe(false);
  },
);

test("what a browser says of its first sight goes no further", async () => {
  for (const destination of ["document", "empty"]) {
    const { cookie } = await mintVisitorId(SECRETS[0]);
    const said = {
      "sec-fetch-dest": destination,
      cookie: `__Host-cal_vid=${cookie}`,
      [FIRST_SIGHT_HEADER]: "this-page",
    };
    expect((await prepare(said)).headers.get(FIRST_SIGHT_HEADER)).toBeNull();
  }
});
