import { availableParallelism } from "node:os";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { sized } from "@calcom/lib/env-of-tests";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { compare } from "./testing/walk-ask";
import { aFlag } from "./testing/walk-model";
import { take } from "./testing/walk-run";
import { aWalk } from "./testing/walk-steps";
import { aWorld, createFlag, leaveAll, type WalkWorld } from "./testing/walk-world";

// biome-ignore lint/style/noProcessEnv: these are knobs of this test alone: CONVERSION_WALKS=10000 walks all of them.
const { CONVERSION_WALKS: walks, CONVERSION_SEED: seed } = process.env;
const BUDGET_MS = sized({ always: 5_000, whole: 20_000 });
/** Each of them is reached, however busy the machine is. */
const STATES = ["flag", "draft", "running", "off", "ended"];
const LANES = Math.min(4, 2 * availableParallelism());

const { connectionString } = await testDatabase();
const worlds: WalkWorld[] = [];

beforeAll(async () => {
  // One after the other: all of them make sure of the same admin.
  for (let lane = 0; lane < LANES; lane++) worlds.push(await aWorld(connectionString));
});
afterAll(() => Promise.all(worlds.map(({ fixture }) => fixture.close())));

test("whatever is done to a flag that becomes an experiment, and in whatever order: people have what the table promises, whichever of the two the code asks", {
  timeout: walks ? 0 : 180_000,
}, async () => {
  let walked = 0;
  let asked = 0;
  const reached = new Map<string, number>();
  const endAt = Date.now() + BUDGET_MS;
  const walkOn = (world: WalkWorld, lane: number) =>
    fc.assert(
      fc.asyncProperty(aWalk, async (steps) => {
        // What a busy machine has no time for is left out, once each state was reached.
        if (!walks && STATES.every((state) => reached.has(state)) && Date.now() > endAt) return;
        await leaveAll(world);
        const model = aFlag(world.people);
        const slug = await createFlag(world);
        const createdAt = Date.now();
        for (const [turn, step] of steps.entries()) {
          await take(world, model, slug, step);
          const ask = () => compare(world, model, slug, turn);
          // The flag was created past the application: a node knows it within a second.
          const mayBeUnknown = Date.now() - createdAt < 1_000;
          asked += await (mayBeUnknown ? vi.waitFor(ask, { timeout: 20_000 }) : ask());
          const where = model.isTurnedOff ? `${model.state}, turned off` : model.state;
          reached.set(where, (reached.get(where) ?? 0) + 1);
        }
        walked += 1;
      }),
      {
        numRuns: Math.ceil(Number(walks ?? 200) / LANES),
        ...(seed ? { seed: Number(seed) + lane } : {}),
      },
    );
  await Promise.all(worlds.map(walkOn));
  const counts = { walked, asked, differences: 0, reached: Object.fromEntries(reached) };
  if (walks) process.stdout.write(`${JSON.stringify(counts)}\n`);
  for (const state of STATES) expect(reached.get(state), state).toBeGreaterThan(0);
});
