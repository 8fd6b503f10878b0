import { testDatabase } from "@calcom/embedded-postgres/testing";
import { CONSENT_COOKIE, mintVisitorId, VISITOR_COOKIE, verifyVisitorId } from "@calcom/features/experiments";
import { experiments } from "@calcom/features/experiments/server";
import { aConfig } from "@calcom/features/experiments/testing";
import { env } from "@calcom/lib/env";
import { logger } from "@calcom/lib/logger";
import { createDatabase } from "@calcom/prisma";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { onSignIn, onSignOut } from "../experiments/auth-events";
import { consentEndpoint } from "./consent-endpoint";

interface Cookie {
  value: string;
  options?: Record<string, unknown>;
}
const jar = new Map<string, Cookie>();
let sent = new Headers();
vi.mock("next/headers", () => ({
  headers: async () => sent,
  cookies: async () => ({
    get: (name: string) => jar.get(name),
    set: (name: string, value: string, options: Record<string, unknown>) => {
      if (options.maxAge === 0) jar.delete(name);
      else jar.set(name, { value, options });
    },
  }),
}));

const { connectionString } = await testDatabase();
const database = createDatabase({ connectionString });
afterAll(() => database.close());

vi.stubEnv("CONSENT_MODE", "required");
// Read now, and kept: what is stubbed ends with the first test.
const { VISITOR_COOKIE_SECRET } = env();

beforeEach(() => {
  jar.clear();
  sent = new Headers();
});

function choose(choice: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return consentEndpoint(
    new Request("http://localhost:3000/api/experiments/consent", {
      method: "POST",
      body: JSON.stringify({ choice }),
      headers: { "sec-fetch-site": "same-origin", ...headers },
    }),
  );
}

function visitorId(): Promise<string | null> {
  return verifyVisitorId(jar.get(VISITOR_COOKIE)?.value, VISITOR_COOKIE_SECRET);
}

let count = 0;
async function aUser(): Promise<number> {
  const data = { email: `person-${++count}@example.com`, name: "Ada", passwordHash: "none" };
  return (await database.prisma.user.create({ data })).id;
}

describe("accepting", () => {
  test("remembers the choice for half a year, where scripts can see it, and makes a visitor where they cannot", async () => {
    expect((await choose("granted")).status).toBe(204);
    const shared = { sameSite: "lax", path: "/", secure: false };
    expect(jar.get(CONSENT_COOKIE)).toEqual({
      value: "granted",
      options: { ...shared, httpOnly: false, maxAge: 180 * 24 * 60 * 60 },
    });
    expect(jar.get(VISITOR_COOKIE)?.options).toMatchObject({ ...shared, httpOnly: true });
    expect(await visitorId()).not.toBeNull();
  });

  test("keeps the visitor that is there already", async () => {
    await choose("granted");
    const first = await visitorId();
    await choose("granted");
    expect(await visitorId()).toBe(first);
  });
});

describe("withdrawing", () => {
  test("removes the cookie, the link, and the visitor from every row; what was counted stays counted", async () => {
    await choose("granted");
    const visitor = String(await visitorId());
    const userId = await aUser();
    await onSignIn({ userId });
    expect(await database.prisma.visitorLink.count({ where: { userId } })).toBe(1);
    await database.prisma.feature.create({
      data: {
        slug: "landing",
        type: "EXPERIMENT",
        enabled: true,
        metadata: { ...aConfig({ unit: "visitor" }) },
        epochs: { create: { number: 1, weights: { control: 50, urgent: 50 }, trafficPercentage: 100 } },
      },
    });
    const row = await database.prisma.experimentVariant.create({
      data: {
        experimentSlug: "landing",
        variant: "urgent",
        visitorId: visitor,
        assignmentType: "DETERMINISTIC",
        epoch: 1,
        exposedAt: new Date(),
        metadata: { country: "NO" },
        conversions: { create: { conversionEvent: "signed_up", idempotencyKey: "1" } },
      },
    });
    expect((await choose("denied")).status).toBe(204);
    expect(jar.get(CONSENT_COOKIE)?.value).toBe("denied");
    expect(jar.has(VISITOR_COOKIE)).toBe(false);
    expect(await database.prisma.visitorLink.count({ where: { userId } })).toBe(0);
    expect(
      await database.prisma.experimentVariant.findUniqueOrThrow({
        where: { id: row.id },
        include: { conversions: true },
      }),
    ).toMatchObject({
      variant: "urgent",
      visitorId: null,
      metadata: null,
      exposedAt: row.exposedAt,
      conversions: [{ conversionEvent: "signed_up" }],
    });
  });

  test("holds at once where the database does not answer, and can be finished later", async () => {
    await choose("granted");
    const visitor = await visitorId();
    vi.spyOn(logger, "error").mockImplementation(() => {});
    const forgetting = vi.spyOn(experiments(), "forgetVisitor").mockRejectedValueOnce(new Error("gone"));
    expect((await choose("denied")).status).toBe(503);
    expect(jar.get(CONSENT_COOKIE)?.value).toBe("denied");
    expect(await visitorId(), "who is still to be forgotten").toBe(visitor);
    expect((await choose("denied")).status).toBe(204);
    expect(forgetting).toHaveBeenLastCalledWith(visitor);
    expect(jar.has(VISITOR_COOKIE)).toBe(false);
  });
});

test("without consent a login joins nobody, and a logout makes nobody, whatever an old cookie says", async () => {
  const { cookie } = await mintVisitorId(VISITOR_COOKIE_SECRET);
  jar.set(VISITOR_COOKIE, { value: cookie });
  for (const choice of [undefined, "denied"]) {
    if (choice) jar.set(CONSENT_COOKIE, { value: choice });
    const userId = await aUser();
    await onSignIn({ userId });
    await onSignOut();
    expect(await database.prisma.visitorLink.count({ where: { userId } })).toBe(0);
    expect(jar.get(VISITOR_COOKIE)?.value).toBe(cookie);
  }
});

describe("with a browser that says no to every site", () => {
  const GPC = { "sec-gpc": "1" };

  test("whoever accepts takes part all the same, and whoever accepted before it did not", async () => {
    const { cookie } = await mintVisitorId(VISITOR_COOKIE_SECRET);
    jar.set(VISITOR_COOKIE, { value: cookie });
    jar.set(CONSENT_COOKIE, { value: "granted" });
    sent = new Headers(GPC);
    const userId = await aUser();
    const links = () => database.prisma.visitorLink.count({ where: { userId } });
    await onSignIn({ userId });
    await onSignOut();
    expect(await links()).toBe(0);
    expect(jar.get(VISITOR_COOKIE)?.value).toBe(cookie);

    expect((await choose("granted", GPC)).status).toBe(204);
    await onSignIn({ userId });
    expect(await links()).toBe(1);
  });

  test("declining is kept as anybody's", async () => {
    await choose("denied", GPC);
    expect(jar.get(CONSENT_COOKIE)?.value).toBe("denied");
  });
});

test("another site cannot choose, and nothing but the two choices is taken", async () => {
  expect((await choose("granted", { "sec-fetch-site": "cross-site" })).status).toBe(403);
  for (const choice of ["yes", null, undefined, { granted: true }])
    expect((await choose(choice)).status).toBe(400);
  expect(jar.size).toBe(0);
});
