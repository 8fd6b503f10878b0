import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { eventNameSchema, variantNameSchema } from "./types";

const root = path.resolve(import.meta.dirname, "../../..");
const F = "packages/features/experiments";

// What has gone wrong in products like this one, each with the test that would catch it here. A test that is renamed or
// removed is missed by name.
const traps: [trap: string, file: string, test: string][] = [
  [
    "pausing took the treatment away from those who had seen it",
    `${F}/utils/decide.test.ts`,
    "7: pausing stops enrolment and flips nobody who is in",
  ],
  [
    "a winner was chosen beforehand where an experiment ends",
    `${F}/components/ExperimentCommandDialog.test.tsx`,
    "never presets a winner, and does nothing before one is chosen",
  ],
  [
    "subjects that were never drawn raised or spoiled an alarm about the split",
    `${F}/results/results.integration.test.ts`,
    "leaves out whoever saw two variants or was imported",
  ],
  [
    "the API allowed what the pages refused",
    "apps/web/playwright/governance.e2e.ts",
    "meets the same limits at every action, on the page and by the API",
  ],
  [
    "the API told what the page withheld",
    `${F}/results/early-look.integration.test.ts`,
    "leave no door with anything by which one variant could be held against another",
  ],
  [
    "two equal variants had a winner",
    `${F}/utils/statistics/properties.test.ts`,
    "a variant like control is never a winner",
  ],
  [
    "a result was significant while its interval held zero",
    `${F}/utils/statistics/experiment.test.ts`,
    "is not called a winner while its interval contains 0",
  ],
  [
    "an exposure was counted at the fetch, and again with each mount",
    `${F}/hooks/exposure.test.tsx`,
    "is sent once for four components that mount twice each",
  ],
  [
    "a configuration without shares became half and half",
    `${F}/utils/decide.test.ts`,
    "serves nobody: no share is made up",
  ],
  [
    "deleting an experiment destroyed its evidence in one click",
    `${F}/experiments-admin.integration.test.ts`,
    "destroys no evidence without the slug typed, and names what would be lost",
  ],
  [
    "a changed share moved people who had seen a variant",
    `${F}/experiments-admin.integration.test.ts`,
    "starts an epoch with each change of weights or traffic, and moves nobody who has a row",
  ],
  [
    "nothing was assigned where analytics had no key, or was down",
    `${F}/lib/server/event-outbox.integration.test.ts`,
    "a request asks the database for as much as without PostHog",
  ],
  [
    "everybody without an id was one person",
    `${F}/attacks.integration.test.ts`,
    "makes nobody of whoever changes, cuts, borrows or inflates a cookie",
  ],
  [
    "a node went on with settings that had been changed elsewhere",
    `${F}/config-cache.integration.test.ts`,
    "obey each other",
  ],
];

test.each(traps)("%s: a test stands in its way", (_trap, file, name) => {
  expect(readFileSync(path.join(root, file), "utf8")).toContain(name);
});

test("variants are not called true or false, which analytics reads as flags", () => {
  for (const name of ["true", "false"]) expect(variantNameSchema.safeParse(name).success).toBe(false);
  expect(variantNameSchema.safeParse("treatment").success).toBe(true);
});

test("events have no name that begins with a dollar sign: those are PostHog's own", () => {
  expect(eventNameSchema.safeParse("$experiment_exposure").success).toBe(false);
});
