import { beforeEach, describe, expect, test, vi } from "vitest";

interface Options {
  secure: boolean;
  path: string;
  domain?: string;
  maxAge?: number;
}
type Jar = Map<string, { value: string; options?: Options }>;
let jar: Jar;
const writable = {
  get: (name: string) => jar.get(name),
  set(name: string, value: string, options: Options) {
    // As a browser takes it: without one of these it keeps nothing of that name.
    if (name.startsWith("__") && options.secure !== true) throw new Error(`${name} is not secure`);
    if (name.startsWith("__Host-") && (options.path !== "/" || "domain" in options)) throw new Error(name);
    if (options.maxAge === 0) jar.delete(name);
    else jar.set(name, { value, options });
  },
};

beforeEach(() => {
  jar = new Map();
  vi.resetModules();
  vi.stubEnv("DATABASE_URL", "postgresql://nobody@localhost/nothing");
  for (const name of ["NEXTAUTH_SECRET", "PREVIEW_SECRET", "VISITOR_COOKIE_SECRET"])
    vi.stubEnv(name, "x".repeat(32));
  vi.stubEnv("NEXTAUTH_URL", "https://app.example.com");
});

const NAMES = ["visitor", "consent", "preview", "previewMark", "device", "locale"] as const;
const SHARED = new Set(["visitor", "consent"]);

test("every cookie of ours is listed here", async () => {
  const { ownCookies } = await import("./own-cookies");
  expect(Object.keys(ownCookies).sort()).toEqual([...NAMES].sort());
});

describe.each(NAMES)("the cookie %s", (key) => {
  test("is as strong as the address allows", async () => {
    const { ownCookies, writeCookie } = await import("./own-cookies");
    writeCookie(writable, ownCookies[key], "a");
    const { name, httpOnly } = ownCookies[key];
    expect(jar.get(`__Host-${name}`)).toMatchObject({
      value: "a",
      options: { secure: true, sameSite: "lax", path: "/", httpOnly },
    });
    expect(jar.size).toBe(1);
  });

  test("has its plain name where there is no https", async () => {
    vi.stubEnv("NEXTAUTH_URL", "http://localhost:3000");
    const { ownCookies, writeCookie } = await import("./own-cookies");
    writeCookie(writable, ownCookies[key], "a");
    expect([...jar.keys()]).toEqual([ownCookies[key].name]);
    expect(jar.get(ownCookies[key].name)?.options).toMatchObject({ secure: false });
  });

  test("is of a domain only where hosts share it", async () => {
    vi.stubEnv("VISITOR_COOKIE_DOMAIN", "example.com");
    const { ownCookies, writeCookie } = await import("./own-cookies");
    writeCookie(writable, ownCookies[key], "a");
    const [[name, cookie] = ["", undefined]] = jar;
    expect(name).toBe(`${SHARED.has(key) ? "__Secure-" : "__Host-"}${ownCookies[key].name}`);
    expect(cookie?.options?.domain).toBe(SHARED.has(key) ? "example.com" : undefined);
  });

  test.each(["https://app.example.com", "http://localhost:3000"])(
    "is read by its strongest name, and replaced or dropped under all of them, at %s",
    async (url) => {
      vi.stubEnv("NEXTAUTH_URL", url);
      const { dropCookie, ownCookies, readValue, replaceCookie } = await import("./own-cookies");
      const { name } = ownCookies[key];
      const old = () => {
        jar = new Map([
          [name, { value: "plain" }],
          [`__Secure-${name}`, { value: "secure" }],
          [`__Host-${name}`, { value: "host" }],
        ]);
      };
      old();
      expect(readValue(writable, ownCookies[key])).toBe("host");
      replaceCookie(writable, ownCookies[key], "new");
      expect([...jar.values()].map(({ value }) => value)).toEqual(["new"]);
      expect(readValue(writable, ownCookies[key])).toBe("new");
      old();
      dropCookie(writable, ownCookies[key]);
      expect(jar.size).toBe(0);
    },
  );
});
