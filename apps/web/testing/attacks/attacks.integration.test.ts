// Every procedure, route and action × every role × hostile inputs. `npm run attack` runs more of them.

import { testDatabase } from "@calcom/embedded-postgres/testing";
import { startPostHogSink } from "@calcom/features/experiments/testing/posthog-sink";
import { sized } from "@calcom/lib/env-of-tests";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { actions, attackActions, listActions } from "./attack-actions";
import { attackProcedures } from "./attack-procedures";
import { attackRoutes } from "./attack-routes";
import { Faults } from "./judge";
import { callProcedure, procedures, sampleFor } from "./procedures";
import { Site } from "./site";

const { connectionString } = await testDatabase();
const sink = await startPostHogSink({ key: "phc_ours" });
// Doors that are shut without them. Read at first use, which is later.
Object.assign(process.env, {
  POSTHOG_KEY: sink.key,
  POSTHOG_HOST: sink.url,
  EXPERIMENTS_JOBS_SECRET: "jobs-secret-of-the-tests-0123456789",
});
let site: Site;
beforeAll(async () => {
  site = await Site.open(connectionString);
});
afterAll(async () => {
  await site.close();
  await sink.close();
});

vi.mock("@/lib/session", () => ({
  getSession: async () => (site.userId === null ? null : { user: { id: site.userId } }),
  getSessionToWrite: async () => site.sessionToken(),
  getCurrentUser: async () => site.currentUser(),
}));
vi.mock("next/headers", () => ({
  cookies: async () => ({ get: () => undefined, has: () => false, set: () => {}, delete: () => {} }),
  headers: async () => new Headers(),
}));
vi.mock("next/cache", () => ({ revalidatePath: () => {} }));
// A busy machine is no outage.
beforeEach(() => void vi.stubEnv("DECISION_BUDGET_MS", "10000"));

vi.mock("@/lib/identity", () => ({
  identityFromRequest: async () => site.identity,
  getIdentity: async () => site.identity,
}));

/** Of a whole run; the procedures take most of them. */
const CALLS = Number(process.env.ATTACK_CALLS ?? sized({ always: 100, whole: 400 }));
const SEED = Number(process.env.ATTACK_SEED ?? 18);
const PATIENCE_MS = 240_000 + CALLS * 100;

/** The figures of the run, for whoever asked for more than the sample. */
const told: string[] = [];
afterAll(() => process.env.ATTACK_CALLS && process.stdout.write(`${told.join("\n")}\n`));

test("the samples of every procedure are accepted while nobody tampers with them", {
  timeout: PATIENCE_MS,
}, async () => {
  site.role = "admin";
  const refused: string[] = [];
  for (const procedure of procedures) {
    const { status, text } = await callProcedure(procedure, await sampleFor(procedure, site));
    // What a service refuses has passed the schema.
    if ((status === 400 && !text.includes('"issues":null')) || status >= 500)
      refused.push(`${procedure.door} ${procedure.path} ${status} ${text.slice(0, 300)}`);
  }
  expect(refused).toEqual([]);
});

test(
  "no tampered input of a procedure is answered by 500, leaks, or writes where it is refused",
  async () => {
    const faults = new Faults();
    const accepted = await attackProcedures(site, faults, CALLS * 0.7, SEED);
    told.push(`${faults.calls} calls of procedures, ${accepted} of them changed something`);
    faults.expectNone();
    expect(faults.calls).toBeGreaterThanOrEqual(CALLS * 0.7);
  },
  PATIENCE_MS,
);

test(
  "no route answers by 500, leaks, or writes for nobody",
  async () => {
    const faults = new Faults();
    await attackRoutes(site, faults, CALLS * 0.2, SEED);
    told.push(`${faults.calls} calls of routes`);
    faults.expectNone();
  },
  PATIENCE_MS,
);

test(
  "no action fails, leaks, or writes for nobody",
  async () => {
    expect(Object.keys(actions).sort()).toEqual(listActions().sort());
    const faults = new Faults();
    await attackActions(site, faults, CALLS * 0.1, SEED);
    told.push(`${faults.calls} calls of actions`);
    faults.expectNone();
  },
  PATIENCE_MS,
);
