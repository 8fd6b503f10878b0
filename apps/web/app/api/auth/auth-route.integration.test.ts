import { createRequire } from "node:module";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { auth, sessions } from "@calcom/features/auth/server";
import { env } from "@calcom/lib/env";
import { closeDatabase, database } from "@calcom/prisma";
import { NextRequest } from "next/server";
import { encode as encodeAsBefore } from "next-auth/jwt";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { GET, POST } from "./[...nextauth]/route";

const jar = new Map<string, { value: string }>();
let sent = new Headers();
const scope = {
  cookies: async () => ({
    get: (name: string) => jar.get(name),
    getAll: () => [...jar].map(([name, { value }]) => ({ name, value })),
    set: (name: string, value: string) => void jar.set(name, { value }),
  }),
  headers: async () => sent,
};
vi.mock("next/headers", () => ({
  cookies: () => scope.cookies(),
  headers: () => scope.headers(),
}));
// next-auth requires them, which no mock reaches.
Object.assign(createRequire(import.meta.url)("next/headers"), scope);

const { connectionString } = await testDatabase();
vi.stubEnv("DATABASE_URL", connectionString);
// Read now, and kept: what is stubbed ends with the first test.
env();
database();
afterAll(() => closeDatabase());
beforeEach(() => jar.clear());

const TOKEN = "next-auth.session-token";
const password = "quiet otters build dams";
let count = 0;
async function somebody() {
  count += 1;
  const email = `somebody-${count}@example.com`;
  const { id } = await auth().signUp({ name: "Ada", email, password });
  return { userId: id, email, password };
}

/** As a browser does: it keeps what it is sent. */
async function call(path: string, form?: Record<string, string>): Promise<Response> {
  const cookie = [...jar].map(([name, { value }]) => `${name}=${value}`).join("; ");
  sent = new Headers({ cookie, host: "localhost:3000" });
  const request = new NextRequest(`http://localhost:3000/api/auth/${path}`, {
    headers: { cookie, "content-type": "application/json" },
    ...(form === undefined ? {} : { method: "POST", body: JSON.stringify({ ...form, json: "true" }) }),
  });
  const context = { params: Promise.resolve({ nextauth: path.split("/") }) };
  const response = await (form === undefined ? GET : POST)(request, context);
  for (const line of response.headers.getSetCookie()) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === "") jar.delete(name);
    else jar.set(name, { value: decodeURIComponent(value) });
  }
  return response;
}

async function post(path: string, form: Record<string, string> = {}): Promise<Response> {
  const { csrfToken }: { csrfToken: string } = await (await call("csrf")).json();
  return call(path, { ...form, csrfToken });
}

const signIn = (person: { email: string; password: string }) =>
  post("callback/credentials", { email: person.email, password: person.password });

async function whoIs(): Promise<unknown> {
  return (await call("session")).json();
}

describe("signing in", () => {
  test("begins a session that ends after thirty days, however often it is asked for", async () => {
    const person = await somebody();
    expect((await signIn(person)).status).toBe(200);
    const [first, second] = [await call("session"), await call("session")];
    expect(first.headers.getSetCookie()).toEqual([]);
    expect(first.headers.get("cache-control")).toContain("no-store");
    const session = await second.json();
    expect(session).toEqual(await first.json());
    expect(session.user).toEqual({ id: person.userId, name: "Ada", email: person.email });
    const days = (Date.parse(session.expires) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(29.9);
    expect(days).toBeLessThanOrEqual(30);
  });

  test("as somebody else ends the session that this browser had", async () => {
    const [ada, bob] = [await somebody(), await somebody()];
    await signIn(ada);
    const before = new Map(jar);
    await signIn(bob);
    expect(await whoIs()).toMatchObject({ user: { email: bob.email } });
    for (const [name, cookie] of before) jar.set(name, cookie);
    expect(await whoIs()).toEqual({});
  });

  test("with a wrong password is a 401, and past the limit a 429 that says when to come again", async () => {
    const person = await somebody();
    const { csrfToken }: { csrfToken: string } = await (await call("csrf")).json();
    const form = { email: person.email, password: "a wrong password", csrfToken };
    // At once, so that no wait is over on a slow machine.
    const answers = await Promise.all(Array.from({ length: 8 }, () => call("callback/credentials", form)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
    const refused = answers[statuses.indexOf(429)] as Response;
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    const { url }: { url: string } = await refused.json();
    expect(new URL(url).searchParams.get("error")).toBe("too_many_attempts");
  });
});

describe("while no password can be checked for strangers", () => {
  test("a stranger is refused as next-auth's client reads it, and whoever may be known here is heard", async () => {
    const ada = await somebody();
    expect((await signIn(ada)).status).toBe(200);
    const known = new Map(jar);
    const busy = Object.assign(new Error("busy"), {
      kind: "unavailable",
      code: "too_busy",
      details: { retryAfterSeconds: 5 },
    });
    vi.spyOn(auth(), "requireRoom").mockRejectedValue(busy);
    jar.clear();
    const refused = await signIn(ada);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(refused.headers.get("cache-control")).toContain("no-store");
    const { url }: { url: string } = await refused.json();
    expect(new URL(url).searchParams.get("error")).toBe("too_busy");
    for (const [name, value] of known) jar.set(name, value);
    expect((await signIn(ada)).status).toBe(200);
  });
});

describe("signing out", () => {
  test("ends the session, also for who has kept its token", async () => {
    await signIn(await somebody());
    const token = jar.get(TOKEN);
    expect((await post("signout")).status).toBe(200);
    expect(jar.has(TOKEN)).toBe(false);
    jar.set(TOKEN, token ?? { value: "" });
    expect(await whoIs()).toEqual({});
  });

  test("that was not stored says so, and leaves the browser signed in", async () => {
    const person = await somebody();
    await signIn(person);
    const end = vi
      .spyOn(sessions(), "end")
      .mockRejectedValue(Object.assign(new Error("away"), { kind: "unavailable", code: "unavailable" }));
    const answer = await post("signout");
    expect(answer.status).toBe(503);
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(await answer.json()).not.toHaveProperty("url");
    end.mockRestore();
    expect(await whoIs()).toMatchObject({ user: { email: person.email } });
  });

  test("needs the form's own token: no other site signs anybody out", async () => {
    const person = await somebody();
    await signIn(person);
    await call("csrf");
    await call("signout", { csrfToken: "of another site" });
    expect(await whoIs()).toMatchObject({ user: { email: person.email } });
  });
});

describe("a token", () => {
  const secret = env().NEXTAUTH_SECRET;

  test("of the version before is taken, and can be ended", async () => {
    const { userId, email } = await somebody();
    const old = await encodeAsBefore({ token: { sub: `${userId}`, name: "Ada", email }, secret });
    jar.set(TOKEN, { value: old });
    expect(await whoIs()).toMatchObject({ user: { id: userId, email } });
    await post("signout");
    jar.set(TOKEN, { value: old });
    expect(await whoIs()).toEqual({});
  });

  test.each([
    ["that is none", async () => "rubbish"],
    ["of another secret", () => encodeAsBefore({ token: { sub: "1" }, secret: "another secret" })],
    ["that has expired", () => encodeAsBefore({ token: { sub: "1" }, secret, maxAge: -60 })],
    ["without a person", () => encodeAsBefore({ token: {}, secret })],
    ["of somebody who is gone", () => encodeAsBefore({ token: { sub: "2147483000" }, secret })],
  ])("%s is nobody's, and no incident", async (_, make) => {
    jar.set(TOKEN, { value: await make() });
    expect(await whoIs()).toEqual({});
  });
});
