import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { createTcpProxy } from "@calcom/embedded-postgres/tcp-proxy";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CALLERS, createUsers, expectNobodyMoved, storedVariants } from "../testing/changing-load";
import {
  anIdentity,
  aRunningExperiment,
  countsOf,
  createFixture,
  type Fixture,
} from "../testing/database-fixtures";
import { spawnNode } from "../testing/spawn-node";
import type { ExperimentAnswer } from "../types/answers";
import { createEnrolmentLimiter } from "./enrolment-limiter";

const { connectionString } = await testDatabase();
let fixture: Fixture;

const aNode = (url = connectionString) =>
  createFixture(url, {
    limiter: createEnrolmentLimiter({ newVisitorsPerHour: 1e9, eventsPerMinute: 1e9 }),
  });

beforeAll(async () => {
  fixture = await aNode();
});
afterAll(() => fixture.close());

it(
  "10,000 subjects over two nodes meet no error and no deadlock, lose no row and keep their variant, while the configuration changes 50 times",
  {
    timeout: 180_000,
  },
  () => expectNobodyMoved({ fixture, open: aNode, subjects: 10_000, changes: 50 }),
);

describe("the database gone for ten seconds under load", () => {
  const CUT_MS = 3_000;
  /** Longer than the longest answer, or the end of it would hide that bound. */
  const SILENT_MS = 7_000;
  const LONGEST_ANSWER_MS = 5_500;
  const BACK_WITHIN_MS = 3_000;

  it("is answered with control in bounded time, piles nothing up, and is forgotten three seconds after", {
    timeout: 180_000,
  }, async () => {
    const { slug } = await aRunningExperiment(fixture, { unit: "visitor", assignmentType: "random" });
    const proxy = await createTcpProxy(connectionString);
    const away = await aNode(proxy.connectionString);
    const answers: { from: number; to: number; subject: string; reason: string; variant: string | null }[] =
      [];
    const ask = async () => {
      const visitorId = randomUUID();
      const from = performance.now();
      const [answer] = await away.module.experiments.decide(anIdentity({ visitorId }), [{ slug }]);
      const { reason, variant } = answer as ExperimentAnswer;
      answers.push({ from, to: performance.now(), subject: `${slug} visitor:${visitorId}`, reason, variant });
    };
    let isOver = false;
    const callers = Array.from({ length: CALLERS }, async () => {
      while (!isOver) {
        await ask();
        await sleep(10);
      }
    });
    let mostWaiting = 0;
    const sampler = setInterval(() => {
      mostWaiting = Math.max(mostWaiting, away.database.pool.waitingCount);
    }, 20);

    await sleep(500);
    proxy.cut();
    const gone = performance.now();
    await sleep(CUT_MS);
    const restored = performance.now();
    proxy.restore();
    // Long enough to be in the middle of it again when the network goes silent.
    await sleep(1_000);
    proxy.hang();
    const silent = performance.now();
    // More callers than may wait: whoever cannot be served in time is told so.
    const crowd = Promise.all(Array.from({ length: 6_000 }, ask));
    await sleep(SILENT_MS);
    const back = performance.now();
    proxy.restore();
    await crowd;
    await sleep(BACK_WITHIN_MS + 500);
    isOver = true;
    await Promise.all(callers);
    clearInterval(sampler);

    const within = (start: number, end: number) =>
      answers.filter(({ from, to }) => from >= start && to <= end);
    const reasonsOf = (some: typeof answers) => [...new Set(some.map(({ reason }) => reason))];
    expect(reasonsOf(within(0, gone))).toEqual(["allocated"]);
    for (const [start, end] of [
      [gone, restored],
      [silent, back],
    ] as const) {
      const whileAway = within(start, end);
      expect(whileAway.length).toBeGreaterThan(CALLERS);
      expect(reasonsOf(whileAway)).toEqual(["unavailable"]);
    }
    const afterwards = within(back + BACK_WITHIN_MS, Number.POSITIVE_INFINITY);
    expect(reasonsOf(afterwards)).toEqual(["allocated"]);
    const longest = Math.max(...answers.map(({ from, to }) => to - from));
    expect(longest).toBeLessThan(LONGEST_ANSWER_MS);
    expect(mostWaiting, "statements that wait for a connection").toBeLessThanOrEqual(16);

    const rows = await storedVariants(fixture, [slug]);
    const wrong = answers.filter(({ subject, variant }) => variant !== null && rows.get(subject) !== variant);
    expect(wrong, "subjects whose row is not what they were told").toEqual([]);
    await away.close();
    await proxy.close();
  });
});

describe("a process killed in the middle of a burst of first requests", () => {
  it.each<["user" | "visitor", (count: number) => Promise<(string | number)[]>]>([
    ["user", (count) => createUsers(fixture, count)],
    ["visitor", async (count) => Array.from({ length: count }, () => randomUUID())],
  ])(
    "has told no %s what is not stored: whoever got an answer gets it again from the next process",
    {
      timeout: 180_000,
    },
    async (unit, create) => {
      const { slug } = await aRunningExperiment(fixture, { unit, assignmentType: "random" });
      const [first, ...ids] = await create(5_001);
      const requestOf = (id: string | number | undefined, isFirstSight: boolean) =>
        // Each from an address of its own, or one would take up all places.
        unit === "user"
          ? { userId: Number(id) }
          : {
              visitorId: String(id),
              isFirstSight,
              address: `2001:db8:${String(id).slice(0, 4)}:${String(id).slice(4, 8)}::1`,
            };
      const doomed = spawnNode(connectionString);
      await doomed.decide(slug, requestOf(first, true));
      const told = new Map<string | number, string>();
      const asked = ids.map(async (id) => {
        const { reason, variant } = await doomed.decide(slug, requestOf(id, true));
        expect(reason).toBe("allocated");
        told.set(id, variant ?? "");
      });
      await Promise.race(asked);
      await doomed.kill();
      await Promise.allSettled(asked);
      expect(told.size, "it was killed in the middle").toBeGreaterThan(0);
      expect(told.size, "it was killed in the middle").toBeLessThan(ids.length);

      const rows = await storedVariants(fixture, [slug]);
      const lost = [...told].filter(([id, variant]) => rows.get(`${slug} ${unit}:${id}`) !== variant);
      expect(lost).toEqual([]);
      const next = spawnNode(connectionString);
      const again = await Promise.all(ids.map((id) => next.decide(slug, requestOf(id, false))));
      await next.stop();
      expect(again.filter(({ variant }) => variant === null)).toEqual([]);
      again.forEach(({ variant, reason }, index) => {
        const before = told.get(ids[index] as string | number);
        if (before !== undefined) expect({ variant, reason }).toEqual({ variant: before, reason: "sticky" });
      });
      expect((await storedVariants(fixture, [slug])).size).toBe(ids.length + 1);
      // Whoever came back to the next process counts, and whoever did not is the first of all.
      const { total } = await countsOf(fixture, slug);
      expect(total.assigned).toBe(unit === "user" ? ids.length + 1 : ids.length);
    },
  );
});
