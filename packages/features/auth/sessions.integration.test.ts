import { randomUUID } from "node:crypto";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { createDatabase } from "@calcom/prisma";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createExperimentsModule, type ExperimentsModule } from "../experiments/server";
import { hashPassword } from "./lib/server/password";
import { type AuthModule, createAuthModule } from "./server";

const { connectionString } = await testDatabase();
const password = "quiet otters build dams";
let passwordHash: string;

interface Node {
  auth: AuthModule;
  experiments: ExperimentsModule;
  database: ReturnType<typeof createDatabase>;
}

async function aNode(isListening = true): Promise<Node> {
  const database = createDatabase({ connectionString, max: 6 });
  const auth = createAuthModule(database, { secrets: () => ["s".repeat(32)], budgetMs: () => 2_000 });
  const further = isListening ? [auth.announcements] : [];
  const experiments = createExperimentsModule({ database, further });
  await experiments.load();
  return { auth, experiments, database };
}

let nodes: Node[];
let one: Node;
let other: Node;
let deaf: Node;
beforeAll(async () => {
  passwordHash = await hashPassword(password);
  nodes = await Promise.all([aNode(), aNode(), aNode(false)]);
  [one, other, deaf] = nodes as [Node, Node, Node];
});
afterAll(async () => {
  for (const { experiments, database } of nodes) {
    await experiments.close();
    await database.close();
  }
});

let count = 0;
async function somebody(): Promise<{ userId: number; email: string }> {
  count += 1;
  const email = `somebody-${count}@example.com`;
  const { id } = await one.database.prisma.user.create({ data: { name: "Ada", email, passwordHash } });
  return { userId: id, email };
}

async function aSession(userId: number) {
  const { SessionsRepository } = await import("./sessions.repository");
  const session = await new SessionsRepository(one.database).open(userId, passwordHash);
  if (session === null) throw new Error("No session was opened.");
  return { userId, sessionId: session.id, issuedAt: null };
}

/** How long a node goes on taking the session, in milliseconds. */
async function takenFor({ auth }: Node, claims: Awaited<ReturnType<typeof aSession>>): Promise<number> {
  const began = performance.now();
  await vi.waitFor(async () => expect(await auth.sessions.isValid(claims)).toBe(false), {
    timeout: 20_000,
    interval: 5,
  });
  return performance.now() - began;
}

describe("a session that has ended", () => {
  test.each([
    ["hears", () => other],
    ["hears nothing", () => deaf],
  ])("is refused on its node at once, and within a second on one that %s", async (_, node) => {
    const { userId } = await somebody();
    for (let turn = 0; turn < 10; turn++) {
      const claims = await aSession(userId);
      expect(await one.auth.sessions.isValid(claims)).toBe(true);
      expect(await node().auth.sessions.isValid(claims)).toBe(true);
      await one.auth.sessions.end(claims);
      expect(await one.auth.sessions.isValid(claims)).toBe(false);
      expect(await takenFor(node(), claims)).toBeLessThan(1_000);
    }
  });

  test("is refused everywhere when its person was deleted by SQL", async () => {
    const { userId } = await somebody();
    const claims = await aSession(userId);
    for (const { auth } of nodes) expect(await auth.sessions.isValid(claims)).toBe(true);
    await one.database.pool.query(`DELETE FROM "User" WHERE "id" = $1`, [userId]);
    const taken = await Promise.all(nodes.map((node) => takenFor(node, claims)));
    expect(taken.filter((ms) => ms >= 1_000)).toEqual([]);
  });

  test("is refused though a look that began before it ended comes in late", async () => {
    const { userId } = await somebody();
    const claims = await aSession(userId);
    const looks = Array.from({ length: 20 }, () => other.auth.sessions.isValid(claims));
    await other.auth.sessions.end(claims);
    await Promise.all(looks);
    expect(await other.auth.sessions.isValid(claims)).toBe(false);
  });

  test("does not end those of others, nor the person's other ones", async () => {
    const [ada, bob] = [await somebody(), await somebody()];
    const [ended, kept, bobs] = [
      await aSession(ada.userId),
      await aSession(ada.userId),
      await aSession(bob.userId),
    ];
    await one.auth.sessions.end(ended);
    expect(await one.auth.sessions.isValid(kept)).toBe(true);
    expect(await one.auth.sessions.isValid(bobs)).toBe(true);
    // Whoever knows the id of a session does not end it in somebody else's name.
    await one.auth.sessions.end({ ...bobs, userId: ada.userId });
    expect(await one.auth.sessions.isValid(bobs)).toBe(true);
  });

  test("everywhere: all of the person's, but the one that is kept", async () => {
    const { userId } = await somebody();
    const all = [await aSession(userId), await aSession(userId), await aSession(userId)];
    const [kept] = all;
    expect(await one.auth.sessions.countOpen(userId)).toBe(3);
    await one.auth.sessions.endAll(userId, kept?.sessionId);
    expect(await Promise.all(all.map((claims) => one.auth.sessions.isValid(claims)))).toEqual([
      true,
      false,
      false,
    ]);
    await one.auth.sessions.endAll(userId);
    expect(await one.auth.sessions.countOpen(userId)).toBe(0);
  });
});

describe("a session ends by itself", () => {
  test.each([
    ["thirty days after it began", `"expiresAt" = clock_timestamp() - interval '1 second'`],
    ["after two weeks without use", `"seenAt" = clock_timestamp() - interval '14 days 1 second'`],
  ])("%s", async (_, change) => {
    const { userId } = await somebody();
    const claims = await aSession(userId);
    await one.database.pool.query(`UPDATE "UserSession" SET ${change} WHERE "id" = $1`, [claims.sessionId]);
    expect(await one.auth.sessions.isValid(claims)).toBe(false);
  });

  test("and being used is noted", async () => {
    const { userId } = await somebody();
    const claims = await aSession(userId);
    await one.database.pool.query(
      `UPDATE "UserSession" SET "seenAt" = clock_timestamp() - interval '3 days' WHERE "id" = $1`,
      [claims.sessionId],
    );
    expect(await one.auth.sessions.isValid(claims)).toBe(true);
    await vi.waitFor(
      async () => {
        const { seenAt } = await one.database.prisma.userSession.findUniqueOrThrow({
          where: { id: claims.sessionId },
        });
        expect(Date.now() - seenAt.getTime()).toBeLessThan(60_000);
      },
      { timeout: 20_000 },
    );
  });
});

describe("a token from before there were sessions", () => {
  const old = (userId: number, minutesAgo = 10) => ({
    userId,
    sessionId: randomUUID(),
    issuedAt: Math.floor(Date.now() / 1_000) - 60 * minutesAgo,
  });

  test("gets a session when it is first seen, and can be ended", async () => {
    const { userId } = await somebody();
    const token = old(userId);
    const looks = await Promise.all([...nodes, ...nodes].map(({ auth }) => auth.sessions.isValid(token)));
    expect(new Set(looks)).toEqual(new Set([true]));
    expect(await one.auth.sessions.countOpen(userId)).toBe(1);
    await one.auth.sessions.end(token);
    expect(await one.auth.sessions.isValid(token)).toBe(false);
    const unseen = old(userId);
    await one.auth.sessions.end(unseen);
    expect(await other.auth.sessions.isValid(unseen)).toBe(false);
  });

  test("is refused where the person has ended all sessions since, is gone, or it is older than a session gets", async () => {
    const { userId } = await somebody();
    const token = old(userId);
    await one.auth.sessions.endAll(userId);
    expect(await one.auth.sessions.isValid(token)).toBe(false);
    expect(await one.auth.sessions.isValid(old(2 ** 31 - 1))).toBe(false);
    const { userId: another } = await somebody();
    expect(await one.auth.sessions.isValid(old(another, 31 * 24 * 60))).toBe(false);
  });
});

test("while the database does not answer, who was seen a moment ago may read, and nobody may write", async () => {
  const database = createDatabase({ connectionString, max: 2 });
  const { sessions } = createAuthModule(database, { secrets: () => ["s".repeat(32)], budgetMs: () => 300 });
  const { userId } = await somebody();
  const [seen, unseen] = [await aSession(userId), await aSession(userId)];
  expect(await sessions.isValid(seen)).toBe(true);
  const hang = vi.spyOn(database.pool, "query").mockImplementation(() => new Promise(() => {}));
  const away = { code: "unavailable", kind: "unavailable" };
  await vi.waitFor(() => expect(sessions.isValid(seen)).rejects.toMatchObject(away), { timeout: 20_000 });
  expect(await sessions.isValid(seen, { tolerateMs: 60_000 })).toBe(true);
  await expect(sessions.isValid(unseen, { tolerateMs: 60_000 })).rejects.toMatchObject(away);
  // It has heard that something has changed, and cannot ask what.
  sessions.forget(userId);
  await expect(sessions.isValid(seen, { tolerateMs: 60_000 })).rejects.toMatchObject(away);
  hang.mockRestore();
  await database.close();
});
