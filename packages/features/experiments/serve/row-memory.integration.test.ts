// A repeat visitor is decided without a statement, and all that changes is obeyed all the same.

import { randomUUID } from "node:crypto";
import { hasPgbouncer, startPgbouncer } from "@calcom/embedded-postgres/pgbouncer";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import {
  anIdentity,
  aRunningExperiment,
  createFixture,
  createTeam,
  createUser,
} from "../testing/database-fixtures";
import { createRememberingNode, type RememberingNode } from "../testing/remembering-node";
import type { ExperimentDetail } from "../types/admin";
import type { ExperimentInput } from "../types/input";
import type { Identity } from "./identity";

const { connectionString } = await testDatabase();
let here: RememberingNode;
let there: RememberingNode;

beforeAll(async () => {
  here = await createRememberingNode(connectionString);
  there = await createRememberingNode(connectionString);
});
afterAll(() => Promise.all([here.close(), there.close()]));

/** Twenty variants: who is another participant has another one. */
const VARIANTS = Array.from({ length: 20 }, (_, index) => ({ name: `v${index}`, percentage: 5 }));
const anExperiment = (changes: Partial<ExperimentInput> = {}) =>
  aRunningExperiment(here, {
    unit: "visitor",
    assignmentType: "random",
    variants: VARIANTS,
    control: "v0",
    ...changes,
  });

const aVisitor = (changes: Partial<Identity> = {}) => anIdentity({ visitorId: randomUUID(), ...changes });

const decideOn = async (node: RememberingNode, identity: Identity, slug: string) => {
  const [answer] = await node.module.experiments.decide(identity, [{ slug }]);
  return answer;
};

/** Lets somebody see their variant, long enough ago, and both nodes know. */
async function haveSeen(identity: Identity, slug: string): Promise<string | null | undefined> {
  await here.module.experiments.recordExposures(identity, [{ slug }]);
  await here.database.pool.query(
    `UPDATE "ExperimentVariant" SET "assignedAt" = "assignedAt" - interval '1 hour',
       "exposedAt" = "exposedAt" - interval '1 hour'
     WHERE "experimentSlug" = $1 AND "exposedAt" > clock_timestamp() - interval '1 minute'`,
    [slug],
  );
  for (const node of [here, there]) {
    await vi.waitFor(async () => expect((await decideOn(node, identity, slug))?.variant).not.toBeNull(), {
      timeout: 20_000,
    });
    await node.catchUp();
    await decideOn(node, identity, slug);
    expect(await node.statements(() => decideOn(node, identity, slug))).toBe(0);
  }
  return (await decideOn(here, identity, slug))?.variant;
}

describe("a repeat page", () => {
  test.each(["visitor", "user"] as const)(
    "of a %s makes no statement for five experiments: it decides, foresees, reports again and converts in one",
    async (unit) => {
      const slugs: string[] = [];
      for (let index = 0; index < 5; index++) slugs.push((await anExperiment({ unit })).slug);
      const userId = unit === "user" ? await createUser(here.database) : null;
      const identity = aVisitor({ userId });
      const { experiments } = here.module;
      const requests = slugs.map((slug) => ({ slug }));
      const answers = await experiments.decide(identity, requests);
      await experiments.recordExposures(identity, requests);
      await experiments.decide(identity, requests);
      const pages: (() => Promise<unknown>)[] = [
        () => experiments.decide(identity, requests),
        () => experiments.foresee(identity, requests),
        () => experiments.recordExposures(identity, requests),
        () =>
          experiments.decideFor(
            userId === null ? { visitorId: identity.visitorId as string } : { userId },
            slugs,
          ),
      ];
      for (const page of pages) expect(await here.statements(page)).toBe(0);
      const variants = (await experiments.decide(identity, requests)).map(({ variant }) => variant);
      expect(variants).toEqual(answers.map(({ variant }) => variant));
    },
  );

  test("of a team asks for nothing but the membership", async () => {
    const { slug } = await anExperiment({ unit: "team" });
    const userId = await createUser(here.database);
    const teamId = await createTeam(here.database, [userId]);
    const identity = aVisitor({ userId });
    const decide = () => here.module.experiments.decide(identity, [{ slug, teamId }]);
    await decide();
    await here.module.experiments.recordExposures(identity, [{ slug, teamId }]);
    const [seen] = await decide();
    expect(await here.statements(decide)).toBe(1);
    expect(await here.statements(() => here.module.experiments.decideFor({ teamId }, [slug]))).toBe(0);
    await here.database.prisma.membership.deleteMany({ where: { userId } });
    await expect(decide()).rejects.toMatchObject({ code: "claim_refused" });
    expect(await decideOn(here, identity, slug)).toMatchObject({ reason: "no_unit" });
    expect(seen?.variant).not.toBeNull();
  });

  test("asks again for what nobody has seen yet: its row may still lose against another", async () => {
    const { slug } = await anExperiment();
    const identity = aVisitor();
    for (let visit = 0; visit < 3; visit++) await decideOn(here, identity, slug);
    expect(await here.statements(() => decideOn(here, identity, slug))).toBe(1);
  });
});

describe("who is known on both nodes obeys", () => {
  const admin = () => here.module.admin.lifecycle;
  const step = (action: "turn_off" | "pause" | "turn_on" | "resume", { slug, version }: ExperimentDetail) =>
    admin().updateStatus(here.admin, { slug, version, action });
  const soon = (slug: string, identity: Identity, answer: object) =>
    vi.waitFor(
      async () => {
        for (const node of [here, there]) expect(await decideOn(node, identity, slug)).toMatchObject(answer);
      },
      { timeout: 20_000, interval: 5 },
    );

  test("turning off and on, a pause, and a winner", async () => {
    let experiment = await anExperiment();
    const { slug } = experiment;
    const identity = aVisitor();
    const variant = await haveSeen(identity, slug);
    experiment = await step("turn_off", experiment);
    await soon(slug, identity, { variant: null, reason: "not_running" });
    experiment = await step("turn_on", experiment);
    await soon(slug, identity, { variant, reason: "sticky" });
    experiment = await step("pause", experiment);
    await soon(slug, aVisitor(), { variant: null, reason: "paused" });
    await soon(slug, identity, { variant, reason: "sticky" });
    await admin().conclude(here.admin, { slug, version: experiment.version, winnerVariant: "v7" });
    await soon(slug, identity, { variant: "v7", reason: "winner" });
  });

  test("targeting keeps who has seen it, and judges who has not by what is true now", async () => {
    const { slug } = await anExperiment({
      unit: "user",
      targetingRules: { userAttributes: { country: "DE" } },
    });
    const [seen, unseen] = await Promise.all([1, 2].map(() => createUser(here.database, { country: "DE" })));
    const variant = await haveSeen(anIdentity({ userId: seen as number }), slug);
    await decideOn(here, anIdentity({ userId: unseen as number }), slug);
    await here.database.prisma.user.updateMany({ data: { attributes: { country: "AT" } } });
    await soon(slug, anIdentity({ userId: seen as number }), { variant, reason: "sticky" });
    await soon(slug, anIdentity({ userId: unseen as number }), { variant: null, reason: "not_targeted" });
  });

  test("a preview, a bot, and consent that is not given", async () => {
    const { slug } = await anExperiment();
    const identity = aVisitor();
    const variant = await haveSeen(identity, slug);
    const other = variant === "v1" ? "v2" : "v1";
    const overrides = { [slug]: { variant: other, expiresAt: Date.now() + 60_000 } };
    await soon(slug, { ...identity, overrides }, { variant: other, reason: "override" });
    await soon(slug, { ...identity, isBot: true }, { variant: null, reason: "bot" });
    await soon(slug, { ...identity, hasConsent: false }, { variant: null, reason: "no_consent" });
    await soon(slug, identity, { variant, reason: "sticky" });
  });

  test("the deletion of the experiment", async () => {
    const { slug } = await anExperiment();
    const identity = aVisitor();
    await haveSeen(identity, slug);
    await here.database.pool.query(`DELETE FROM "Feature" WHERE "slug" = $1`, [slug]);
    await soon(slug, identity, { variant: null, reason: "not_running" });
  });
});

describe("who is known on both nodes is somebody new", () => {
  /** Their answer on either node, once all has arrived: foreseen, it needs a draw. */
  const isForgotten = async (identity: Identity, slug: string) => {
    for (const node of [here, there]) {
      await node.catchUp();
      expect(await node.module.experiments.foresee(identity, [{ slug }])).toEqual([null]);
    }
  };

  test("once consent was withdrawn, at once where it was", async () => {
    const { slug } = await anExperiment();
    const identity = aVisitor();
    await haveSeen(identity, slug);
    await here.module.experiments.forgetVisitor(identity.visitorId as string);
    expect(await here.module.experiments.foresee(identity, [{ slug }])).toEqual([null]);
    await isForgotten(identity, slug);
  });

  test("once an account was erased, in experiments of users and in those of their browsers", async () => {
    const [ofVisitors, ofUsers] = [await anExperiment(), await anExperiment({ unit: "user" })];
    const userId = await createUser(here.database);
    const [first, second] = [aVisitor(), aVisitor()];
    for (const { visitorId } of [first, second])
      await here.module.experiments.linkVisitor(userId, visitorId as string);
    await haveSeen({ ...first, userId }, ofUsers.slug);
    await haveSeen(first, ofVisitors.slug);
    await haveSeen(second, ofVisitors.slug);
    await here.database.prisma.user.delete({ where: { id: userId } });
    for (const identity of [first, second]) await isForgotten(identity, ofVisitors.slug);
    await isForgotten(anIdentity({ userId }), ofUsers.slug);
  });

  test("once a team was deleted", async () => {
    const { slug } = await anExperiment({ unit: "team" });
    const teamId = await createTeam(here.database, []);
    const decide = (node: RememberingNode) => node.module.experiments.decideFor({ teamId }, [slug]);
    await here.module.experiments.exposeFor({ teamId }, [slug]);
    for (const node of [here, there]) {
      await decide(node);
      expect(await node.statements(() => decide(node))).toBe(0);
    }
    await here.database.prisma.team.delete({ where: { id: teamId } });
    for (const node of [here, there]) {
      await node.catchUp();
      expect(await decide(node)).toMatchObject([{ variant: null }]);
    }
  });

  test.each([
    ["the row was deleted", `DELETE FROM "ExperimentVariant" WHERE "visitorId" = $1`],
    ["it was given to nobody", `UPDATE "ExperimentVariant" SET "visitorId" = NULL WHERE "visitorId" = $1`],
    [
      "it was given to somebody else",
      `UPDATE "ExperimentVariant" SET "visitorId" = gen_random_uuid() WHERE "visitorId" = $1`,
    ],
  ])("once %s by hand", async (_, statement) => {
    const { slug } = await anExperiment();
    const identity = aVisitor();
    await haveSeen(identity, slug);
    await here.database.pool.query(statement, [identity.visitorId]);
    await isForgotten(identity, slug);
  });

  test("after signing out, with a new cookie", async () => {
    const { slug } = await anExperiment();
    const userId = await createUser(here.database);
    const identity = aVisitor({ userId });
    await here.module.experiments.linkVisitor(userId, identity.visitorId as string);
    await haveSeen(identity, slug);
    await isForgotten(aVisitor(), slug);
  });
});

describe("a login", () => {
  test("joins browsers that are known: all of them have what was seen first", async () => {
    const { slug } = await anExperiment();
    const [earlier, later] = [aVisitor(), aVisitor()];
    const first = await haveSeen(earlier, slug);
    await haveSeen(later, slug);
    const userId = await createUser(here.database);
    const { experiments } = here.module;
    await experiments.linkVisitor(userId, later.visitorId as string);
    await haveSeen(later, slug);
    await experiments.linkVisitor(userId, earlier.visitorId as string);
    // At once on the node that has joined them.
    expect((await decideOn(here, later, slug))?.variant).toBe(first);
    await there.catchUp();
    for (const identity of [later, { ...later, userId }, aVisitor({ userId })])
      expect((await decideOn(there, identity, slug))?.variant).toBe(first);
  });
});

describe("a node that cannot hear", () => {
  test("asks, knows nothing from before once it hears again, and then remembers", {
    timeout: 180_000,
  }, async () => {
    const { slug } = await anExperiment();
    const identity = aVisitor();
    await haveSeen(identity, slug);
    const statements = () => there.statements(() => decideOn(there, identity, slug));
    await here.database.pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid()
         AND (query LIKE 'LISTEN%' OR query LIKE '%pg_listening_channels%')`,
    );
    await vi.waitFor(async () => expect(await statements()).toBe(1), { timeout: 20_000, interval: 1 });
    await here.database.pool.query(`DELETE FROM "ExperimentVariant" WHERE "visitorId" = $1`, [
      identity.visitorId,
    ]);
    await vi.waitFor(
      async () => expect(await there.module.experiments.foresee(identity, [{ slug }])).toEqual([null]),
      { timeout: 20_000 },
    );
    await there.module.experiments.recordExposures(identity, [{ slug }]);
    await vi.waitFor(async () => expect(await statements()).toBe(0), { timeout: 20_000, interval: 50 });
  });

  test.runIf(hasPgbouncer)("behind a pooler asks each time", { timeout: 20_000 }, async () => {
    const pooler = await startPgbouncer(connectionString);
    const node = await createFixture(pooler.url);
    try {
      const { slug } = await anExperiment();
      const identity = aVisitor();
      await haveSeen(identity, slug);
      const { experiments } = node.module;
      for (let visit = 0; visit < 3; visit++) await experiments.decide(identity, [{ slug }]);
      await here.module.experiments.forgetVisitor(identity.visitorId as string);
      expect(await experiments.foresee(identity, [{ slug }])).toEqual([null]);
    } finally {
      await node.close();
      await pooler.stop();
    }
  });

  test("in a job asks each time", async () => {
    const job = await createFixture(connectionString, { isJob: true });
    const { slug } = await anExperiment();
    const identity = aVisitor();
    await haveSeen(identity, slug);
    await job.module.experiments.decide(identity, [{ slug }]);
    await here.module.experiments.forgetVisitor(identity.visitorId as string);
    expect(await job.module.experiments.foresee(identity, [{ slug }])).toEqual([null]);
    await job.close();
  });
});
