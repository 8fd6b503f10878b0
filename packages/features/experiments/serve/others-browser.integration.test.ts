// Whoever signs in with somebody else's browser is not that person, at every door, also while nobody can tell whose it is.

import { testDatabase } from "@calcom/embedded-postgres/testing";
import { logger } from "@calcom/lib/logger";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { countStatements } from "../testing/count-statements";
import {
  anIdentity,
  aRunningExperiment,
  createFixture,
  createUser,
  type Fixture,
} from "../testing/database-fixtures";
import type { Identity } from "./identity";

const { connectionString } = await testDatabase();
let fixture: Fixture;
let experiments: Fixture["module"]["experiments"];
/** A transaction of the host's, and one that holds a lock. */
let [within, holder]: pg.Client[] = [];
beforeAll(async () => {
  fixture = await createFixture(connectionString);
  ({ experiments } = fixture.module);
  [within, holder] = [new pg.Client({ connectionString }), new pg.Client({ connectionString })];
  await Promise.all([within.connect(), holder.connect()]);
});
beforeEach(() => {
  vi.spyOn(logger, "error").mockImplementation(() => {});
  vi.spyOn(logger, "warn").mockImplementation(() => {});
});
afterAll(async () => {
  await Promise.all([within?.end(), holder?.end()]);
  await fixture.close();
});

type Door = (identity: Identity, slug: string) => Promise<unknown>;
const deciding: Record<string, Door> = {
  decide: async (identity, slug) => (await experiments.decide(identity, [{ slug }]))[0]?.reason,
  foresee: async (identity, slug) => (await experiments.foresee(identity, [{ slug }]))[0]?.reason,
};
const reporting: Record<string, Door> = {
  "an exposure": async (identity, slug) => (await experiments.recordExposures(identity, [{ slug }])).recorded,
  "a conversion of a browser": async (identity, slug) =>
    (await experiments.recordConversions(identity, [{ slug, event: "clicked", key: "named" }])).recorded,
  "a conversion of a browser that names no experiment": async (identity, slug) =>
    (await experiments.recordConversions(identity, [{ event: `used-${slug}`, key: "unnamed" }])).recorded,
  "a conversion of the server": async (identity, slug) =>
    (await experiments.trackConversion("sold", { subject: identity, experiment: slug })).recorded,
};
const inTransaction: Door = async (identity, slug) => {
  const options = { subject: identity, experiment: slug };
  await within?.query("BEGIN");
  const { recorded } = await experiments.trackConversionWithin(within as pg.Client, "sold", options);
  await within?.query("COMMIT");
  return recorded;
};
const all: Record<string, Door> = {
  ...deciding,
  ...reporting,
  "a conversion in a transaction": inTransaction,
};

/** What each door answers; the code of what it throws. */
async function ask(doors: Record<string, Door>, identity: Identity, slug: string) {
  const asked = Object.entries(doors).map(async ([name, door]): Promise<[string, unknown]> => {
    return [name, await door(identity, slug).catch((error: { code?: unknown }) => error.code ?? error)];
  });
  return Object.fromEntries(await Promise.all(asked));
}

const each = (doors: Record<string, Door>, answer: unknown) =>
  Object.fromEntries(Object.keys(doors).map((name) => [name, answer]));
const nothing = { ...each(deciding, "no_unit"), ...each(reporting, 0), "a conversion in a transaction": 0 };

/** A browser of the first person, who has been decided for in it and has not looked yet, and somebody who comes after. */
async function aSharedBrowser() {
  const draft = nextSlug();
  const { slug } = await aRunningExperiment(fixture, {
    unit: "visitor",
    slug: draft,
    clientEvents: ["clicked", `used-${draft}`],
  });
  const visitorId = crypto.randomUUID();
  const [first, second] = await Promise.all([createUser(fixture.database), createUser(fixture.database)]);
  await experiments.linkVisitor(first, visitorId);
  const [theirs, others] = [first, second].map((userId) => anIdentity({ userId, visitorId })) as [
    Identity,
    Identity,
  ];
  expect(await ask(deciding, theirs, slug)).toMatchObject({ decide: "allocated" });
  return { slug, visitorId, theirs, others };
}

let counter = 0;
const nextSlug = () => `shared-${++counter}`;

async function readRows(slug: string) {
  const { rows } = await fixture.database.pool.query(
    `SELECT "visitorId", "exposedAt" IS NOT NULL AS "isSeen",
       (SELECT count(*)::int FROM "ExperimentConversion" WHERE "assignmentId" = assignment."id") AS conversions
     FROM "ExperimentVariant" AS assignment WHERE "experimentSlug" = $1`,
    [slug],
  );
  return rows;
}

async function whileHeld(run: () => Promise<void>): Promise<void> {
  await holder?.query(`BEGIN; LOCK TABLE "VisitorLink" IN ACCESS EXCLUSIVE MODE`);
  try {
    await run();
  } finally {
    await holder?.query("ROLLBACK");
  }
}

test("they have no visitor at any door, whatever this node knows of the first person", async () => {
  const { slug, visitorId, theirs, others } = await aSharedBrowser();
  expect(await ask(all, others, slug)).toEqual(nothing);
  expect(await readRows(slug)).toEqual([{ visitorId, isSeen: false, conversions: 0 }]);
  expect(await ask(reporting, theirs, slug)).toEqual(each(reporting, 1));
  // By now the row of the first person is in memory.
  await ask(deciding, theirs, slug);
  expect(await ask(all, others, slug)).toEqual(nothing);
  expect(await readRows(slug)).toEqual([{ visitorId, isSeen: true, conversions: 3 }]);
});

test("while only that question hangs, nothing is decided or counted, and reports are asked for again", async () => {
  const { slug, visitorId, theirs, others } = await aSharedBrowser();
  await whileHeld(async () => {
    expect(await ask(all, others, slug)).toEqual({
      ...each(deciding, "unavailable"),
      ...each(reporting, "unavailable"),
      // It does not hold up its transaction, and tells the log what was lost.
      "a conversion in a transaction": 0,
    });
  });
  expect(logger.error).toHaveBeenCalledOnce();
  expect(await readRows(slug)).toEqual([{ visitorId, isSeen: false, conversions: 0 }]);
  // The same reports, sent again.
  expect(await ask(all, others, slug)).toEqual(nothing);
  expect(await ask(reporting, theirs, slug)).toEqual(each(reporting, 1));
});

test("what belongs to no browser is decided meanwhile", async () => {
  const { others } = await aSharedBrowser();
  const { slug } = await aRunningExperiment(fixture, { unit: "user", slug: nextSlug() });
  await whileHeld(async () => {
    expect(await ask(deciding, others, slug)).toMatchObject({ decide: "allocated" });
  });
});

test("it costs no question of its own: neither a statement, nor a time to wait", async () => {
  const { slug, theirs, others } = await aSharedBrowser();
  const count = (identity: Identity) =>
    countStatements(fixture.database.pool, () => experiments.decide(identity, [{ slug }]));
  const anonymous = anIdentity({ userId: null, visitorId: theirs.visitorId });
  expect([await count(anonymous), await count(theirs), await count(others)]).toEqual([1, 1, 1]);
});

test("two people who sign in with it at once are told apart as soon as it is one’s", async () => {
  const { slug } = await aRunningExperiment(fixture, { unit: "visitor", slug: nextSlug() });
  const visitorId = crypto.randomUUID();
  const people = await Promise.all([createUser(fixture.database), createUser(fixture.database)]);
  const identities = people.map((userId) => anIdentity({ userId, visitorId })) as [Identity, Identity];
  await Promise.all(identities.map((identity) => ask(deciding, identity, slug)));
  const joined = await Promise.all(people.map((userId) => experiments.linkVisitor(userId, visitorId)));
  const ownerAt = joined.findIndex(({ isTheirs }) => isTheirs);
  expect(joined.map(({ isTheirs }) => isTheirs).sort()).toEqual([false, true]);
  expect((await ask(deciding, identities[ownerAt] as Identity, slug)).decide).toBe("sticky");
  expect((await ask(deciding, identities[1 - ownerAt] as Identity, slug)).decide).toBe("no_unit");
});

test("once the first person is erased, the browser is the next one’s, without anything of theirs", async () => {
  const { slug, visitorId, theirs, others } = await aSharedBrowser();
  await ask(reporting, theirs, slug);
  await experiments.forgetSubject({ userId: Number(theirs.userId) });
  expect((await ask(deciding, others, slug)).decide).toBe("allocated");
  expect(await ask(reporting, others, slug)).toEqual(each(reporting, 1));
  const rows = await readRows(slug);
  expect(rows).toHaveLength(2);
  expect(rows).toContainEqual({ visitorId: null, isSeen: true, conversions: 3 });
  expect(rows).toContainEqual({ visitorId, isSeen: true, conversions: 3 });
});
