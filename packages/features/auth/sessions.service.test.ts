import { expect, test } from "vitest";
import { SessionMemory } from "./lib/server/session-memory";
import { SessionsService, type StoredSessions } from "./sessions.service";

/** A store whose looks are answered when the test says so, with what was true when they began. */
function aStore() {
  const looks: (() => void)[] = [];
  let leftMs = 60_000;
  const repository: StoredSessions = {
    find: () => {
      const seen = leftMs;
      return new Promise((resolve) => looks.push(() => resolve({ leftMs: seen, isUnseen: false })));
    },
    adopt: async () => {},
    touch: async () => {},
    revoke: async () => {
      leftMs = 0;
    },
    revokeAll: async () => {},
    countOpen: async () => 0,
  };
  const sessions = new SessionsService({ repository, memory: new SessionMemory(), budgetMs: () => 5_000 });
  return { sessions, looks };
}

const claims = { userId: 7, sessionId: "a session", issuedAt: null };

test("all who ask at once share one look", async () => {
  const { sessions, looks } = aStore();
  const asked = Array.from({ length: 50 }, () => sessions.isValid(claims));
  expect(looks).toHaveLength(1);
  looks[0]?.();
  expect(new Set(await Promise.all(asked))).toEqual(new Set([true]));
});

test("who asks after a session has ended is not told what a look that began before has found", async () => {
  const { sessions, looks } = aStore();
  const before = sessions.isValid(claims);
  await sessions.end(claims);
  const after = sessions.isValid(claims);
  for (const answer of looks) answer();
  expect(await before).toBe(true);
  expect(await after).toBe(false);
  expect(await sessions.isValid(claims)).toBe(false);
});
