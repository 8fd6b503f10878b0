import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createExperimentsModule, type ExperimentsModule } from "../server";
import {
  anIdentity,
  anInput,
  aRunningExperiment,
  createFixture,
  createUser,
  type Fixture,
} from "../testing/database-fixtures";

const { connectionString } = await testDatabase();
let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture(connectionString);
});
afterAll(() => fixture.close());

const node = (build?: string): ExperimentsModule =>
  createExperimentsModule({ database: fixture.database, isJob: true, build, decisionBudgetMs: 10_000 });

/** Asks as a node of that build that then ends. */
async function asking(
  build: string | undefined,
  ask: (on: ExperimentsModule) => Promise<unknown>,
): Promise<void> {
  const on = node(build);
  await ask(on);
  await on.close();
}

async function rowsOf(slug: string) {
  const { rows } = await fixture.database.pool.query<{ build: string; asked: number }>(
    `SELECT "build", "asked"::int FROM "ExperimentAsk" WHERE "experimentSlug" = $1 ORDER BY "build"`,
    [slug],
  );
  return rows;
}

const lastAskOf = async (slug: string) =>
  (await fixture.module.admin.catalog.get(fixture.admin, slug)).lastAsk;
async function checkOf(slug: string) {
  const { checks } = await fixture.module.admin.planning.startChecklist(fixture.admin, slug);
  return checks.find(({ id }) => id === "code");
}

test("each question counts, through every door and of every node, by the build that asked", async () => {
  const { slug } = await aRunningExperiment(fixture);
  const userId = await createUser(fixture.database);
  const identity = anIdentity({ userId });
  const before = Date.now();
  expect(await lastAskOf(slug)).toBeNull();
  await Promise.all(
    ["old", "new", "new"].map((build) =>
      asking(build, async ({ experiments }) => {
        await experiments.decide(identity, [{ slug }]);
        await experiments.foresee(identity, [{ slug }]);
        await experiments.decideFor({ userId }, [slug]);
        await experiments.recordExposures(identity, [{ slug }]);
      }),
    ),
  );
  const rows = await rowsOf(slug);
  expect(rows.map(({ build }) => build)).toEqual(["new", "old"]);
  expect(rows[0]?.asked).toBe(2 * Number(rows[1]?.asked));
  expect(rows[1]?.asked).toBeGreaterThanOrEqual(4);
  await asking("newest", ({ experiments }) => experiments.decideFor({ userId }, [slug]));
  const last = await lastAskOf(slug);
  expect(last?.build).toBe("newest");
  expect(last?.at.getTime()).toBeGreaterThanOrEqual(before - 1);
});

test("the checklist of a draft warns until code has asked for it, and starting is not refused", async () => {
  const { slug, version } = await fixture.module.admin.editing.create(fixture.admin, anInput());
  expect(await checkOf(slug)).toEqual({ id: "code", state: "warning", lastAsk: null });
  const userId = await createUser(fixture.database);
  await asking("1a2b3c", ({ experiments }) => experiments.decideFor({ userId }, [slug]));
  expect(await checkOf(slug)).toMatchObject({ state: "ok", lastAsk: { build: "1a2b3c" } });
  const other = await fixture.module.admin.editing.create(fixture.admin, anInput());
  for (const each of [{ slug, version }, other])
    expect(
      await fixture.module.admin.lifecycle.updateStatus(fixture.admin, {
        slug: each.slug,
        version: each.version,
        action: "start",
      }),
    ).toMatchObject({ status: "running" });
});

test("slugs that nothing has, and experiments that are deleted meanwhile, leave nothing behind", async () => {
  const { slug, version } = await fixture.module.admin.editing.create(fixture.admin, anInput());
  const userId = await createUser(fixture.database);
  await asking("1a2b3c", async ({ experiments }) => {
    await experiments.decideFor({ userId }, [slug, "never-was"]);
    await fixture.module.admin.lifecycle.delete(fixture.admin, { slug, version });
  });
  const { rows } = await fixture.database.pool.query(
    `SELECT FROM "ExperimentAsk" WHERE "experimentSlug" = ANY($1)`,
    [[slug, "never-was"]],
  );
  expect(rows).toEqual([]);
});

test("a run of the jobs writes it too, for hosts that freeze", async () => {
  const { slug } = await aRunningExperiment(fixture);
  const userId = await createUser(fixture.database);
  const on = node("frozen");
  await on.experiments.decideFor({ userId }, [slug]);
  await on.jobs.run();
  expect(await lastAskOf(slug)).toMatchObject({ build: "frozen" });
  await on.close();
});

test("a build that has asked for nothing in ninety days is forgotten once another one asks", async () => {
  const { slug } = await aRunningExperiment(fixture);
  const userId = await createUser(fixture.database);
  const ask = (build: string) =>
    asking(build, ({ experiments }) => experiments.decideFor({ userId }, [slug]));
  await ask("old");
  await fixture.database.pool.query(
    `UPDATE "ExperimentAsk" SET "lastAskedAt" = now() - interval '91 days' WHERE "experimentSlug" = $1`,
    [slug],
  );
  await ask("old");
  expect(await rowsOf(slug)).toMatchObject([{ build: "old" }]);
  await fixture.database.pool.query(
    `UPDATE "ExperimentAsk" SET "lastAskedAt" = now() - interval '91 days' WHERE "experimentSlug" = $1`,
    [slug],
  );
  await ask("new");
  expect(await rowsOf(slug)).toMatchObject([{ build: "new" }]);
});

test("a command of the repository asks, and leaves no trace", async () => {
  const { slug } = await aRunningExperiment(fixture);
  const userId = await createUser(fixture.database);
  await asking(undefined, ({ experiments }) => experiments.decideFor({ userId }, [slug]));
  expect(await lastAskOf(slug)).toBeNull();
});
