import { testDatabase } from "@calcom/embedded-postgres/testing";
import { mintVisitorId, VISITOR_COOKIE, verifyVisitorId } from "@calcom/features/experiments";
import { anIdentity } from "@calcom/features/experiments/testing/database";
import { env } from "@calcom/lib/env";
import { logger } from "@calcom/lib/logger";
import { createDatabase } from "@calcom/prisma";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { onSignIn, onSignOut, replaceOthersVisitor } from "./auth-events";

const jar = new Map<string, { value: string; options?: object }>();
vi.mock("next/headers", () => ({
  cookies: async () => ({
    get: (name: string) => jar.get(name),
    set: (name: string, value: string, options: object) => void jar.set(name, { value, options }),
  }),
  headers: async () => new Headers(),
}));

const { connectionString } = await testDatabase();
const database = createDatabase({ connectionString });
afterAll(() => database.close());

const SECRET = "a-visitor-secret-of-thirty-two-characters";
vi.stubEnv("NEXTAUTH_URL", "http://localhost:3000");
vi.stubEnv("VISITOR_COOKIE_SECRET", SECRET);
for (const name of ["NEXTAUTH_SECRET", "PREVIEW_SECRET"]) vi.stubEnv(name, "x".repeat(32));
// Read now, and kept: what is stubbed ends with the first test.
env();

let count = 0;
async function aUser(): Promise<number> {
  count += 1;
  const data = { email: `person-${count}@example.com`, name: "Ada", passwordHash: "none" };
  return (await database.prisma.user.create({ data })).id;
}

async function aVisitor(): Promise<string> {
  const { id, cookie } = await mintVisitorId(SECRET);
  jar.set(VISITOR_COOKIE, { value: cookie });
  return id;
}

function current(): Promise<string | null> {
  return verifyVisitorId(jar.get(VISITOR_COOKIE)?.value, SECRET);
}

async function ownerOf(visitorId: string): Promise<number | undefined> {
  return (await database.prisma.visitorLink.findUnique({ where: { visitorId } }))?.userId;
}

beforeEach(() => jar.clear());

describe("signing in", () => {
  test("joins the visitor to the person, and leaves the cookie alone", async () => {
    const [userId, visitorId] = [await aUser(), await aVisitor()];
    await onSignIn({ userId });
    await onSignIn({ userId });
    expect(await ownerOf(visitorId)).toBe(userId);
    expect(await current()).toBe(visitorId);
  });

  test("of somebody else at the same browser leaves the visitor to the first, and gives the second a new one", async () => {
    const [first, second, visitorId] = [await aUser(), await aUser(), await aVisitor()];
    await onSignIn({ userId: first });
    await onSignIn({ userId: second });
    const renewed = await current();
    expect(renewed).not.toBeNull();
    expect(renewed).not.toBe(visitorId);
    expect(await ownerOf(visitorId)).toBe(first);
    expect(await ownerOf(renewed ?? "")).toBe(second);
    expect(jar.get(VISITOR_COOKIE)?.options).toMatchObject({ httpOnly: true, sameSite: "lax" });
  });

  test.each(["", "3f0c1d52-9d0a-4d5e-8f6b-0c2f4b1f7a11.forged"])(
    "joins nobody by the cookie %j",
    async (value) => {
      jar.set(VISITOR_COOKIE, { value });
      const userId = await aUser();
      await onSignIn({ userId });
      expect(await database.prisma.visitorLink.count({ where: { userId } })).toBe(0);
    },
  );

  test("succeeds where joining fails, which is logged", async () => {
    await aVisitor();
    const warn = vi.spyOn(logger, "warn").mockImplementation(() => {});
    const nobody = 2_000_000_000;
    await expect(onSignIn({ userId: nobody })).resolves.toBeUndefined();
    expect(warn).toHaveBeenCalledWith(
      expect.stringContaining("not joined"),
      expect.objectContaining({ userId: nobody }),
    );
  });
});

test("what a sign-in could not do, a page asks for: only somebody else’s browser gets another visitor", async () => {
  const [first, second, visitorId] = [await aUser(), await aUser(), await aVisitor()];
  await onSignIn({ userId: first });
  const ask = (userId: number | null, visitor: string | null) =>
    replaceOthersVisitor({ ...anIdentity(), userId, visitorId: visitor });
  await ask(first, visitorId);
  await ask(null, visitorId);
  await ask(second, null);
  expect(await current()).toBe(visitorId);
  await ask(second, visitorId);
  const renewed = await current();
  expect(renewed).not.toBe(visitorId);
  // A second tab, which asks with the cookie that it has by now.
  await ask(second, renewed);
  expect(await current()).toBe(renewed);
});

describe("signing out", () => {
  test("makes whoever comes next another visitor, whom nobody owns", async () => {
    const [userId, visitorId] = [await aUser(), await aVisitor()];
    await onSignIn({ userId });
    await onSignOut();
    const next = await current();
    expect(next).not.toBeNull();
    expect(next).not.toBe(visitorId);
    expect(await ownerOf(next ?? "")).toBeUndefined();
    expect(await ownerOf(visitorId)).toBe(userId);
  });

  test("makes no visitor where there was none", async () => {
    await onSignOut();
    expect(jar.size).toBe(0);
  });
});
