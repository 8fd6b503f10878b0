// Every procedure, route and action × every role × hostile inputs. `npm run attack` runs more of them.

import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { attackProcedures } from "./attack-procedures";
import { Faults } from "./judge";
import { callProcedure, procedures, sampleFor } from "./procedures";
import { Site } from "./site";

const { connectionString } = await testDatabase();
let site: Site;
beforeAll(async () => {
  site = await Site.open(connectionString);
});
afterAll(() => site.close());

vi.mock("@/lib/identity", () => ({
  identityFromRequest: async () => site.identity,
  getIdentity: async () => site.identity,
}));

const CALLS = Number(process.env.ATTACK_CALLS ?? 2_500);
const SEED = Number(process.env.ATTACK_SEED ?? 18);
const PATIENCE_MS = 60_000 + CALLS * 100;

test("the samples of every procedure are accepted while nobody tampers with them", async () => {
  site.role = "admin";
  const refused: string[] = [];
  for (const procedure of procedures) {
    const { status, text } = await callProcedure(procedure, await sampleFor(procedure, site));
    // What a service refuses has passed the schema.
    if ((status === 400 && !text.includes('"issues":null')) || status >= 500)
      refused.push(`${procedure.path} ${status} ${text.slice(0, 300)}`);
  }
  expect(refused).toEqual([]);
});

test(
  "no tampered input of a procedure is answered by 500, leaks, or writes where it is refused",
  async () => {
    const faults = new Faults();
    const accepted = await attackProcedures(site, faults, CALLS, SEED);
    console.info(`${faults.calls} calls of procedures, ${accepted} of them accepted`);
    faults.expectNone();
    expect(faults.calls).toBeGreaterThanOrEqual(CALLS);
  },
  PATIENCE_MS,
);
