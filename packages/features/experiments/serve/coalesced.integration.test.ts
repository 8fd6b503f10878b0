// Callers at the same time share statements. Each is told of its own all the same, in whatever order rows come together.

import { randomUUID } from "node:crypto";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { sized } from "@calcom/lib/env-of-tests";
import { isDatabaseAway } from "@calcom/lib/sql";
import { createDatabase, type Database } from "@calcom/prisma";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aRunningExperiment, createFixture, createUser, type Fixture } from "../testing/database-fixtures";
import { AssignmentsRepository, type NewAssignment, type Stored } from "./assignments.repository";
import { type Credit, CreditsRepository } from "./credits.repository";
import { RecordingsRepository } from "./recordings.repository";

const CALLERS = 64;
/** A busy machine keeps a lock longer than a batch waits for it. Here a deadlock has to be seen, and not be stepped round. */
const PATIENT = { patienceMs: 60_000 };

const { connectionString } = await testDatabase();
let fixture: Fixture;
let slugs: string[];
let databases: Database[];
let nodes: ReturnType<typeof aNode>[];

const aNode = ({ pool }: Database, options = {}) => ({
  assignments: new AssignmentsRepository(pool, options),
  recordings: new RecordingsRepository(pool, options),
  credits: new CreditsRepository(pool, options),
});
type Node = ReturnType<typeof aNode>;

beforeAll(async () => {
  fixture = await createFixture(connectionString);
  slugs = [];
  for (let count = 0; count < 3; count++)
    slugs.push((await aRunningExperiment(fixture, { unit: "visitor" })).slug);
  databases = [1, 2].map(() => createDatabase({ connectionString }));
  nodes = databases.map((database) => aNode(database, PATIENT));
});
afterAll(async () => {
  await Promise.all(databases.map((database) => database.close()));
  await fixture.close();
});

const anAssignment = (slug: string, unitId: string): NewAssignment => ({
  slug,
  unit: "visitor",
  unitId,
  variant: "control",
  assignmentType: "deterministic",
  epoch: 1,
  isProvisional: false,
});

const aCredit = (changes: Partial<Credit>): Credit => ({
  event: "sold",
  key: randomUUID(),
  value: "1.50",
  occurredAtMs: null,
  userId: null,
  visitorId: null,
  teamId: null,
  isMembershipNeeded: false,
  slug: null,
  exceptSlugs: [],
  ...changes,
});

const seenNow = (assignmentId: string) => ({ assignmentId, seenAt: performance.now(), facts: {} });
const clicked = (assignmentId: string, key: string) => ({
  assignmentId,
  event: "clicked",
  key,
  ageMs: 0,
  value: null,
});

function shuffled<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

async function store(visitors: string[], of = slugs): Promise<Stored[]> {
  const rows = visitors.flatMap((visitorId) => of.map((slug) => anAssignment(slug, visitorId)));
  const stored = await (nodes[0] as Node).assignments.insert(rows);
  return stored.filter((row) => row !== null);
}

const count = async (text: string, values: unknown[] = []) =>
  Number((await fixture.database.pool.query(text, values)).rows[0]?.count);

const deadlocks = () =>
  count(`SELECT deadlocks AS count FROM pg_stat_database WHERE datname = current_database()`);

test("64 callers of two nodes expose, convert and assign in random order: no deadlock, and each answer is right", {
  timeout: 180_000,
}, async () => {
  const before = await deadlocks();
  const known = await store(Array.from({ length: 40 }, () => randomUUID()));
  const all = known.map(({ id }) => id);
  const firsts: string[] = [];
  const news: string[] = [];
  const told = { clicks: 0, sales: 0 };
  const keys = ["a", "b", "c"];
  const some = <Item>(items: readonly Item[], most: number) => shuffled(items).slice(0, most);

  // Each is offered several times, on both nodes.
  const works: ((node: Node) => Promise<unknown>)[] = [];
  for (let turn = 0; turn < sized({ always: 1, whole: 3 }) * CALLERS; turn++)
    works.push(
      async ({ recordings }) =>
        firsts.push(...(await recordings.expose(some(known, 12).map(({ id }) => seenNow(id))))),
      async ({ recordings }) => {
        const clicks = some(known, 12).map(({ id }) => clicked(id, some(keys, 1)[0] as string));
        const areNew = await recordings.convert(clicks);
        told.clicks += areNew.filter(Boolean).length;
      },
      async ({ credits }) => {
        const visitorId = some(known, 1)[0]?.unitId as string;
        const recorded = await credits.credit(aCredit({ visitorId, key: `${visitorId} ${some(keys, 1)}` }));
        told.sales += recorded;
      },
      async () => {
        // Both nodes write the same new rows at the same time, each in an order of its own.
        const group = Array.from({ length: 8 }, () => randomUUID());
        const rows = group.flatMap((id) => slugs.map((slug) => anAssignment(slug, id)));
        const onBoth = <Done>(write: (node: Node) => Promise<Done[]>) => Promise.all(nodes.map(write));
        const stored = await onBoth(({ assignments }) => assignments.insert(shuffled(rows)));
        const made = stored.flat().filter((row) => row !== null);
        expect(made).toHaveLength(2 * rows.length);
        for (const { isNew, id } of made) if (isNew) news.push(id);
        const ids = [...new Set(made.map(({ id }) => id))];
        expect(ids, "one row for each").toHaveLength(rows.length);
        all.push(...ids);
        for (const seen of await onBoth(({ recordings }) => recordings.expose(shuffled(ids).map(seenNow))))
          firsts.push(...seen);
        const clicks = await onBoth(({ recordings }) =>
          recordings.convert(shuffled(ids).map((id) => clicked(id, "a"))),
        );
        told.clicks += clicks.flat().filter(Boolean).length;
      },
    );
  const queue = shuffled(works);
  await Promise.all(
    Array.from({ length: CALLERS }, async () => {
      for (let work = queue.pop(); work !== undefined; work = queue.pop())
        await work(nodes[queue.length % 2] as Node);
    }),
  );

  expect(await deadlocks()).toBe(before);
  expect(new Set(firsts).size, "told twice that it was seen first").toBe(firsts.length);
  expect(firsts.length).toBe(
    await count(`SELECT count(*) FROM "ExperimentVariant" WHERE "id" = ANY($1) AND "exposedAt" IS NOT NULL`, [
      all,
    ]),
  );
  expect(new Set(news).size, "told twice that it was new").toBe(news.length);
  expect(news).toHaveLength(all.length - known.length);
  const conversionsOf = (event: string) =>
    count(
      `SELECT count(*) FROM "ExperimentConversion" WHERE "assignmentId" = ANY($1) AND "conversionEvent" = $2`,
      [all, event],
    );
  expect(told).toEqual({ clicks: await conversionsOf("clicked"), sales: await conversionsOf("sold") });
  expect(told.clicks).toBeGreaterThan(0);
});

test("200 rows are reported five times each, at the same time: each is told once that it was seen first", async () => {
  const rows = await store(
    Array.from({ length: 200 }, () => randomUUID()),
    slugs.slice(0, 1),
  );
  const told = await Promise.all(
    shuffled(Array.from({ length: 5 }, () => rows).flat()).map(({ id }, index) =>
      (nodes[index % 2] as Node).recordings.expose([seenNow(id)]),
    ),
  );
  expect(told.flat().sort()).toEqual(rows.map(({ id }) => id).sort());
});

test("callers at the same time share statements: exposures, conversions of browsers and of server code", async () => {
  const [, database] = databases as [Database, Database];
  const { pool } = database;
  const { recordings, credits } = aNode(database);
  const rows = await store(
    Array.from({ length: 100 }, () => randomUUID()),
    slugs.slice(0, 1),
  );
  const statementsOf = async (run: (row: Stored) => Promise<unknown>) => {
    const connect = pool.connect;
    let statements = 0;
    // What a pool is asked goes through a connection, too.
    pool.connect = ((...args: Parameters<typeof connect>) => {
      statements++;
      return Reflect.apply(connect, pool, args);
    }) as typeof connect;
    await Promise.all(rows.map(run));
    pool.connect = connect;
    return statements;
  };
  expect(await statementsOf(({ id }) => recordings.expose([seenNow(id)]))).toBe(1);
  expect(await statementsOf(({ id }) => recordings.convert([clicked(id, "1")]))).toBe(1);
  // Each may be credited to many experiments: so these are at most 25 at a time. Others may have the same key.
  const credit = (changes: Partial<Credit>) => credits.credit(aCredit(changes));
  expect(await statementsOf(({ unitId }) => credit({ visitorId: unitId }))).toBe(4);
  const told: number[] = [];
  const sameKey = async ({ unitId }: Stored) => told.push(await credit({ visitorId: unitId, key: "1" }));
  expect(await statementsOf(sameKey)).toBe(4);
  expect(told).toEqual(rows.map(() => 1));
});

describe("a row that is in the way of others", () => {
  test("fails only itself where its assignment is gone", async () => {
    const [row, gone] = await store([randomUUID(), randomUUID()], slugs.slice(0, 1));
    await fixture.database.pool.query(`DELETE FROM "ExperimentVariant" WHERE "id" = $1`, [gone?.id]);
    const { recordings } = nodes[0] as Node;
    const ids = [row?.id, gone?.id] as [string, string];
    expect(await Promise.all(ids.map((id) => recordings.expose([seenNow(id)])))).toEqual([[row?.id], []]);
    expect(await Promise.all(ids.map((id) => recordings.convert([clicked(id, "1")])))).toEqual([
      [true],
      [false],
    ]);
  });

  test("keeps only its own caller waiting where somebody holds it", async () => {
    const { recordings, credits, assignments } = aNode(databases[0] as Database);
    const [held, free] = await store([randomUUID(), randomUUID()], slugs.slice(0, 1));
    const owner = await fixture.database.pool.connect();
    const userId = await createUser(fixture.database);
    try {
      await owner.query("BEGIN");
      await owner.query(`SELECT FROM "ExperimentVariant" WHERE "id" = $1 FOR UPDATE`, [held?.id]);
      await owner.query(`SELECT FROM "User" WHERE "id" = $1 FOR UPDATE`, [userId]);
      const over: string[] = [];
      const note = async (of: string, work: Promise<unknown>) => {
        await work;
        over.push(of);
      };
      const ofUser = { ...anAssignment(slugs[0] as string, String(userId)), unit: "user" as const };
      const waiting = [
        note("held", recordings.expose([seenNow(held?.id as string)])),
        note("held", recordings.convert([clicked(held?.id as string, "1")])),
        note("held", credits.credit(aCredit({ visitorId: held?.unitId as string }))),
        note("held", assignments.insert([ofUser])),
        // Nobody waits for a lock without end, and on a starved machine the end may come before the others are done.
      ].map((one) => one.catch((error: unknown) => expect(isDatabaseAway(error), String(error)).toBe(true)));
      await Promise.all([
        note("free", recordings.expose([seenNow(free?.id as string)])),
        note("free", recordings.convert([clicked(free?.id as string, "1")])),
        note("free", credits.credit(aCredit({ visitorId: free?.unitId as string }))),
        note("free", assignments.insert([anAssignment(slugs[0] as string, randomUUID())])),
      ]);
      expect(over).toEqual(["free", "free", "free", "free"]);
      await owner.query("COMMIT");
      await Promise.all(waiting);
    } finally {
      owner.release();
    }
  });
});

describe("conversions of server code that come together", () => {
  test("are credited as one after the other: a key counts once for a person, by whichever browser", async () => {
    const { credits } = nodes[0] as Node;
    const visitors = [randomUUID(), randomUUID(), randomUUID()];
    const userId = await createUser(fixture.database);
    await store(visitors, slugs.slice(0, 1));
    for (const visitorId of visitors) await fixture.module.experiments.linkVisitor(userId, visitorId);
    const told = await Promise.all(
      visitors.map((visitorId) => credits.credit(aCredit({ visitorId, key: "an order" }))),
    );
    expect(told.sort()).toEqual([0, 0, 1]);
  });

  test("count once for each key of a person, in whatever order and by whichever names people come together", async () => {
    const people = await Promise.all(
      [1, 2, 3, 4].map(async (browsers) => {
        const visitors = Array.from({ length: browsers }, () => randomUUID());
        const userId = await createUser(fixture.database);
        const rows = await store(visitors, slugs);
        // Of who has seen nothing yet, the browser that reports is credited, and two nodes may hear of two.
        await (nodes[0] as Node).recordings.expose(rows.map(({ id }) => seenNow(id)));
        for (const visitorId of visitors) await fixture.module.experiments.linkVisitor(userId, visitorId);
        return { userId, visitors };
      }),
    );
    const reports = people.flatMap(({ userId, visitors }) =>
      ["a", "b"].flatMap((key) => [
        { key, userId },
        { key, userId, slug: slugs[0] as string },
        ...visitors.flatMap((visitorId) => [
          { key, visitorId },
          { key, visitorId, userId },
        ]),
      ]),
    );
    const told = await Promise.all(
      shuffled(reports).map((report, index) => (nodes[index % 2] as Node).credits.credit(aCredit(report))),
    );
    const stored = await fixture.database.pool.query(
      `SELECT "idempotencyKey", "VisitorLink"."userId", count(*)::int FROM "ExperimentConversion" AS conversion
       JOIN "ExperimentVariant" AS assignment ON assignment."id" = conversion."assignmentId"
       JOIN "VisitorLink" USING ("visitorId") WHERE "VisitorLink"."userId" = ANY($1) GROUP BY 1, 2`,
      [people.map(({ userId }) => userId)],
    );
    expect(stored.rows.map(({ count }) => count)).toEqual(Array(2 * people.length).fill(slugs.length));
    expect(told.reduce((sum, one) => sum + one)).toBe(2 * people.length * slugs.length);
  });

  test("are told apart: each caller hears of its own subject's experiments", async () => {
    const { credits } = nodes[0] as Node;
    const visitors = Array.from({ length: 6 }, () => randomUUID());
    await Promise.all(visitors.map((visitorId, index) => store([visitorId], slugs.slice(0, index % 4))));
    const told = await Promise.all(
      visitors.map((visitorId, index) =>
        credits.credit(aCredit({ visitorId, exceptSlugs: index === 5 ? [slugs[0] as string] : [] })),
      ),
    );
    expect(told).toEqual([0, 1, 2, 3, 0, 0]);
  });

  test("leave that of a caller's own transaction alone: it is there with the commit, and not before", async () => {
    const { credits } = nodes[0] as Node;
    const [own, other] = await store([randomUUID(), randomUUID()], slugs.slice(0, 1));
    const stored = () =>
      count(`SELECT count(*) FROM "ExperimentConversion" WHERE "assignmentId" = ANY($1)`, [
        [own?.id, other?.id],
      ]);
    const tx = await fixture.database.pool.connect();
    try {
      await tx.query("BEGIN");
      const within = credits.creditWithin(tx, aCredit({ visitorId: own?.unitId as string }), 1_000);
      const [inside, outside] = await Promise.all([
        within,
        credits.credit(aCredit({ visitorId: other?.unitId as string })),
      ]);
      expect([inside, outside, await stored()]).toEqual([{ recorded: 1 }, 1, 1]);
      await tx.query("ROLLBACK");
      expect(await stored()).toBe(1);
    } finally {
      tx.release();
    }
  });
});
