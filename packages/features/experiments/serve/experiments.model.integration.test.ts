import { testDatabase } from "@calcom/embedded-postgres/testing";
import { sized } from "@calcom/lib/env-of-tests";
import fc from "fast-check";
import { afterAll, beforeAll, it } from "vitest";
import { createFixture, createTeam, createUser } from "../testing/database-fixtures";
import { adminCommands } from "../testing/model/admin-commands";
import { checkStats, databaseOf, synchronize, type World } from "../testing/model/check";
import { aBrowser, type Model } from "../testing/model/model";
import { subjectCommands } from "../testing/model/subject-commands";
import { createEnrolmentLimiter } from "./enrolment-limiter";

// biome-ignore lint/style/noProcessEnv: these are knobs of this test alone, for longer nights.
const { EXPERIMENTS_MODEL_RUNS: runs, EXPERIMENTS_MODEL_SEED: seed } = process.env;
const BUDGET_MS = sized({ always: 5_000, whole: 20_000 });

const { connectionString } = await testDatabase();
let world: World;

beforeAll(async () => {
  const limiter = () => createEnrolmentLimiter({ newVisitorsPerHour: 1e9, eventsPerMinute: 1e9 });
  // One after the other: all of them make sure of the same admin.
  const nodes = [];
  for (let node = 0; node < 3; node++)
    nodes.push(await createFixture(connectionString, { limiter: limiter() }));
  world = { nodes };
  await synchronize(world);
});
afterAll(() => Promise.all(world.nodes.map((node) => node.close())));

async function aNewModel(): Promise<Model> {
  const database = databaseOf(world);
  const users = await Promise.all([1, 2, 3].map(() => createUser(database)));
  const [ida, tom, olga] = users as [number, number, number];
  const teams = [
    [ida, tom],
    [tom, olga],
  ].map(async (memberIds) => ({
    id: await createTeam(database, memberIds),
    memberIds,
  }));
  const browsers = [1, 2, 3, 4].map(() => aBrowser());
  browsers.push(aBrowser({ isBlocking: true }));
  return { experiments: [], browsers, users, teams: await Promise.all(teams), links: new Map() };
}

it("keeps every promise under commands in any order from several nodes: one row per subject, nobody who was exposed moves, the audit is complete, each count is explained", {
  timeout: runs ? 0 : 180_000,
}, async () => {
  let commandsRun = 0;
  const walk = (endAt: number) =>
    fc.assert(
      fc.asyncProperty(
        fc.commands([...adminCommands, ...subjectCommands], { maxCommands: 120, size: "max" }),
        async (commands) => {
          // What a busy machine has no time for is left out, the first walk never.
          if (!runs && commandsRun > 0 && Date.now() > endAt) return;
          const model = await aNewModel();
          await fc.asyncModelRun(() => ({ model, real: world }), commands);
          await checkStats(model, world);
          commandsRun += [...commands].length;
        },
      ),
      {
        numRuns: Number(runs ?? 20),
        ...(seed ? { seed: Number(seed) } : {}),
      },
    );
  // A busy machine gets through fewer of them at a time.
  do await walk(Date.now() + BUDGET_MS);
  while (commandsRun <= 100);
});
