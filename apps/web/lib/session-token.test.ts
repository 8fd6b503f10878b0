import { beforeEach, expect, test, vi } from "vitest";

const [NEW, OLD] = ["n".repeat(32), "o".repeat(32)];
const TOKEN = {
  sub: "7",
  sid: "0b0f5d0e-8f1c-4d57-9a0e-2b1f6f1f7c11",
  name: "Ada",
  email: "ada@example.com",
};

beforeEach(() => {
  vi.resetModules();
  vi.stubEnv("NEXTAUTH_SECRET", NEW);
});

async function readTokenOf(secret: string) {
  const { readSessionToken, sessionCookieName, tokenFormat } = await import("./session-token");
  const value = await tokenFormat.encode?.({ token: TOKEN, secret, maxAge: 60 });
  return readSessionToken({
    get: (name) => (name === sessionCookieName() ? { value: value ?? "" } : undefined),
  });
}

test("a session of this secret is read", async () => {
  expect(await readTokenOf(NEW)).toMatchObject({ userId: 7, sessionId: TOKEN.sid, name: "Ada" });
});

test("a session of the secret before is read for as long as that is kept", async () => {
  expect(await readTokenOf(OLD)).toBeNull();
  vi.resetModules();
  vi.stubEnv("NEXTAUTH_SECRET_PREVIOUS", OLD);
  expect(await readTokenOf(OLD)).toMatchObject({ userId: 7 });
  expect(await readTokenOf("x".repeat(32))).toBeNull();
});
