import { testDatabase } from "@calcom/embedded-postgres/testing";
import { logger } from "@calcom/lib/logger";
import { createDatabase } from "@calcom/prisma";
import { afterAll, describe, expect, test, vi } from "vitest";
import { AttemptsRepository } from "./attempts.repository";
import { createAttemptLimits } from "./lib/server/attempt-limits";
import { hashPassword } from "./lib/server/password";
import { createAuth } from "./server";

const { connectionString } = await testDatabase();
const database = createDatabase({ connectionString });
const auth = createAuth(database);
const anotherNode = createAuth(database);
afterAll(() => database.close());

const from = (address: string, deviceCookie?: string) => ({
  client: { address, isShared: false },
  deviceCookie,
});

let count = 0;
/** With a cheap hash, so that what is counted is not how slow passwords are. */
async function anOwner() {
  count += 1;
  const owner = { email: `owner-${count}@example.com`, password: "quiet otters build dams" };
  await database.prisma.user.create({
    data: {
      email: owner.email,
      name: "Olga",
      passwordHash: await hashPassword(owner.password, undefined, { ln: 4, r: 8, p: 1 }),
    },
  });
  return owner;
}

async function refusalOf(attempt: Promise<unknown>): Promise<{ code: string; seconds: number } | null> {
  try {
    await attempt;
    return null;
  } catch (error) {
    const { code, details } = error as { code: string; details: { retryAfterSeconds: number } };
    return { code, seconds: details.retryAfterSeconds };
  }
}

describe("guesses at one account", () => {
  test("of 120 from 40 addresses, on two nodes, a handful is tried, and the owner signs in at once at a known browser", {
    timeout: 180_000,
  }, async () => {
    const owner = await anOwner();
    const home = await auth.signIn(owner, from("198.51.100.7"));
    const find = vi.spyOn(database.prisma.user, "findUnique");
    const refusals = [];
    for (let guess = 0; guess < 120; guess++) {
      const node = guess % 2 ? auth : anotherNode;
      const wrong = { ...owner, password: `guess ${guess}` };
      refusals.push(await refusalOf(node.signIn(wrong, from(`203.0.113.${guess % 40}`))));
    }
    const tried = find.mock.calls.length;
    find.mockRestore();
    expect(tried).toBeLessThanOrEqual(12);
    const stopped = refusals.filter((refusal) => refusal !== null);
    expect(new Set(stopped.map(({ code }) => code))).toEqual(new Set(["too_many_attempts"]));
    expect(Math.max(...stopped.map(({ seconds }) => seconds))).toBeLessThanOrEqual(60);

    expect(await refusalOf(auth.signIn(owner, from("192.0.2.1")))).toMatchObject({
      code: "too_many_attempts",
    });
    const signedIn = await anotherNode.signIn(owner, from("192.0.2.2", home?.deviceCookie));
    expect(signedIn?.user.email).toBe(owner.email);
  });

  test("by a stolen cookie of a browser are counted by themselves, and stop too", async () => {
    const owner = await anOwner();
    const home = await auth.signIn(owner, from("198.51.100.8"));
    const wrong = { ...owner, password: "a wrong one" };
    const attempts = [];
    for (let guess = 0; guess < 12; guess++)
      attempts.push(await refusalOf(auth.signIn(wrong, from("203.0.113.9", home?.deviceCookie))));
    expect(attempts.filter((refusal) => refusal !== null).length).toBeGreaterThanOrEqual(5);
    expect(await refusalOf(auth.signIn(owner, from("198.51.100.9")))).toBeNull();
  });

  test("that come at once are counted one by one", async () => {
    const attempts = new AttemptsRepository(database);
    const all = await Promise.all(Array.from({ length: 40 }, () => attempts.count("at once")));
    expect(all.filter((seconds) => seconds === null).length).toBe(5);
  });

  test("wait twice as long each time, a minute at most, and are forgotten after an hour", async () => {
    const attempts = new AttemptsRepository(database);
    const waits = [];
    for (let attempt = 0; attempt < 14; attempt++) {
      expect(await attempts.count("waits")).toBeNull();
      const wait = (await attempts.count("waits")) ?? 0;
      // The first ones may be followed at once: the second of the pair was counted too.
      waits.push(wait);
      await database.pool.query(`UPDATE "RateLimit" SET "expire" = "expire" - 61000 WHERE "key" = 'waits'`);
    }
    expect(Math.max(...waits)).toBe(60);
    expect(waits.slice(-3)).toEqual([60, 60, 60]);
    await database.pool.query(`UPDATE "RateLimit" SET "expire" = "expire" - 3700000 WHERE "key" = 'waits'`);
    expect(await attempts.count("waits")).toBeNull();
    expect(await attempts.count("waits")).toBeNull();
    await attempts.sweep();
    expect(await database.prisma.rateLimit.count({ where: { key: "waits" } })).toBe(1);
    await database.pool.query(`UPDATE "RateLimit" SET "expire" = "expire" - 3700000 WHERE "key" = 'waits'`);
    await attempts.sweep();
    expect(await database.prisma.rateLimit.count({ where: { key: "waits" } })).toBe(0);
  });
});

describe("clients", () => {
  const never = { count: async () => null, forget: async () => {}, sweep: async () => {} };
  const attempt = (address: string | null, isShared = address === null, device: string | null = null) => ({
    email: "ada@example.com",
    client: { address, isShared },
    device,
  });

  async function refusedOf(addresses: (string | null)[], isShared?: boolean): Promise<number> {
    const limits = createAttemptLimits(never);
    const outcomes = await Promise.all(
      addresses.map((address) => refusalOf(limits.countLogin(attempt(address, isShared)))),
    );
    return outcomes.filter((refusal) => refusal !== null).length;
  }

  test("are told apart by their address, of IPv6 by the first 64 bits", async () => {
    const one = Array.from({ length: 160 }, (_, index) => `2001:db8:0:7::${index.toString(16)}`);
    expect(await refusedOf(one)).toBe(60);
    const many = Array.from({ length: 160 }, (_, index) => `2001:db8:0:${index.toString(16)}::1`);
    expect(await refusedOf(many)).toBe(0);
    expect(await refusedOf(Array.from({ length: 160 }, () => "203.0.113.7"))).toBe(60);
  });

  test("that cannot be told apart never keep each other out", async () => {
    expect(await refusedOf(Array.from({ length: 500 }, () => null))).toBe(0);
    expect(
      await refusedOf(
        Array.from({ length: 500 }, () => "10.0.0.1"),
        true,
      ),
    ).toBe(0);
  });

  test("are not asked of a browser that is known: somebody else behind the same address may be guessing", async () => {
    const limits = createAttemptLimits(never);
    for (let guess = 0; guess < 101; guess++) await limits.countLogin(attempt("203.0.113.7")).catch(() => {});
    await expect(limits.countLogin(attempt("203.0.113.7"))).rejects.toMatchObject({
      kind: "too_many_requests",
    });
    await limits.countLogin(attempt("203.0.113.7", false, "a device"));
  });

  test("may sign up and ask for links so many times, and each refusal says when to come again", () => {
    const limits = createAttemptLimits(never);
    const client = { address: "203.0.113.7", isShared: false };
    for (let turn = 0; turn < 20; turn++) {
      limits.countSignup(client);
      limits.countReset(`${turn}@example.com`, client);
    }
    const tooMany = expect.objectContaining({
      code: "too_many_attempts",
      details: { retryAfterSeconds: expect.any(Number) },
    });
    expect(() => limits.countSignup(client)).toThrow(tooMany);
    expect(() => limits.countReset("another@example.com", client)).toThrow(tooMany);
    const elsewhere = { address: "203.0.113.8", isShared: false };
    for (let turn = 0; turn < 3; turn++) limits.countReset("ada@example.com", elsewhere);
    expect(() => limits.countReset("ada@example.com", elsewhere)).toThrow(tooMany);
  });

  test("that are refused a thousand times are one line of the log", async () => {
    const warn = vi.spyOn(logger, "warn").mockImplementation(() => {});
    const limits = createAttemptLimits(never);
    const client = { address: "203.0.113.99", isShared: false };
    for (let turn = 0; turn < 1_000; turn++)
      try {
        limits.countReset("flooded@example.com", client);
      } catch {
        // Most of them are refused.
      }
    expect(warn.mock.calls.length).toBeLessThanOrEqual(2);
  });
});
