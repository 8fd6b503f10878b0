// A decision has a budget. What is asked first, and takes longer than any budget, must be answered last.

import { createTcpProxy, type TcpProxy } from "@calcom/embedded-postgres/tcp-proxy";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import {
  anIdentity,
  aRunningExperiment,
  createFixture,
  createUser,
  type Fixture,
} from "../testing/database-fixtures";

const { connectionString } = await testDatabase();
let proxy: TcpProxy;
let node: Fixture;
let slug: string;
beforeAll(async () => {
  proxy = await createTcpProxy(connectionString);
  node = await createFixture(proxy.connectionString, { decisionBudgetMs: 100 });
  ({ slug } = await aRunningExperiment(node));
  await node.module.load();
});
afterEach(async () => {
  proxy.restore();
  const answers = () =>
    node.database.pool.query("SELECT 1").then(
      () => true,
      () => false,
    );
  await expect.poll(answers, { timeout: 20_000 }).toBe(true);
});
afterAll(async () => {
  await node.close();
  await proxy.close();
});

const reasons = (answers: ({ reason: string } | null)[]) => answers.map((answer) => answer?.reason);

test("a crowd that is decided while the database hangs is answered with control, before the database is given up", async () => {
  const { experiments } = node.module;
  const users = await Promise.all(Array.from({ length: 100 }, () => createUser(node.database)));
  proxy.hang();
  let isGivenUp = false;
  const statement = node.database.pool.query("SELECT 1").catch(() => {
    isGivenUp = true;
  });
  const answers = await Promise.all(
    users.map((userId, index) =>
      index % 2 === 0
        ? experiments.decide(anIdentity({ userId }), [{ slug }])
        : experiments.decideFor({ userId }, [slug]),
    ),
  );
  expect(isGivenUp).toBe(false);
  expect(new Set(answers.flatMap(reasons))).toEqual(new Set(["unavailable"]));
  expect(new Set(answers.flat().map(({ variant }) => variant))).toEqual(new Set([null]));
  await statement;
});

test("when the database is back, the same people are decided and stored", async () => {
  const { experiments } = node.module;
  const identity = anIdentity({ userId: await createUser(node.database) });
  proxy.hang();
  expect(reasons(await experiments.decide(identity, [{ slug }]))).toEqual(["unavailable"]);
  proxy.restore();
  await expect
    .poll(async () => reasons(await experiments.decide(identity, [{ slug }])), { timeout: 20_000 })
    .not.toEqual(["unavailable"]);
  expect(reasons(await experiments.decide(identity, [{ slug }]))).toEqual(["sticky"]);
});

test("what needs no row is answered while the database hangs: a previewed variant, a bot, who has not consented", async () => {
  const { experiments } = node.module;
  const userId = await createUser(node.database);
  const overrides = { [slug]: { variant: "urgent", expiresAt: Date.now() + 60_000 } };
  proxy.hang();
  const ask = async (changes: Parameters<typeof anIdentity>[0]) =>
    reasons([
      ...(await experiments.decide(anIdentity({ userId, ...changes }), [{ slug }], undefined, {
        budgetMs: 1,
      })),
      ...(await experiments.foresee(anIdentity({ userId, ...changes }), [{ slug }], { budgetMs: 1 })),
    ]);
  expect(await ask({ overrides })).toEqual(["override", "override"]);
  expect(await ask({ isBot: true })).toEqual(["bot", "bot"]);
  expect(await ask({ hasConsent: false })).toEqual(["no_consent", "no_consent"]);
});
