import path from "node:path";
import { anExperiment, aSubject, facts, surroundings } from "@calcom/features/experiments/testing";
import { decide } from "@calcom/features/experiments/utils";
import { build } from "esbuild";
import { expect, test } from "./support/fixtures";

const root = path.resolve(import.meta.dirname, "../../..");

/** The same for node and browser: a few hundred experiments and subjects, drawn from their index alone. */
const cases = Array.from({ length: 600 }, (_, index) => ({
  config: {
    salt: `salt-${index % 7}-größe`,
    trafficPercentage: [100, 50, 33.33][index % 3] as number,
    variants: [
      { name: "control", percentage: 33.3 },
      { name: "a", percentage: 33.3 },
      { name: "b", percentage: 33.4 },
    ],
    exclusionGroups: index % 4 === 0 ? [{ name: "checkout", ranges: [{ from: 10, to: 80 }] }] : [],
    targetingRules:
      index % 5 === 0
        ? { plans: ["teams" as const], userAttributes: { country: { $in: ["DE", "AT"] } } }
        : {},
  },
  unitId: index % 2 ? String(index) : `6f9619ff-8b86-4011-b42d-${String(index).padStart(12, "0")}`,
  facts: { plan: "teams" as const, attributes: { country: ["DE", "FR"][index % 2] } },
}));

test("server and browser agree on every decision", async ({ page }) => {
  const here = cases.map(({ config, unitId, facts: known }) =>
    decide(anExperiment(config), aSubject(unitId, { facts: facts(known) }), null, null, surroundings),
  );
  const { outputFiles } = await build({
    stdin: {
      contents: `
        export { anExperiment, aSubject, facts, surroundings } from "@calcom/features/experiments/testing";
        export { decide } from "@calcom/features/experiments/utils";`,
      resolveDir: root,
    },
    bundle: true,
    write: false,
    format: "iife",
    globalName: "core",
    platform: "browser",
    logLevel: "error",
  });
  await page.goto("about:blank");
  await page.addScriptTag({ content: outputFiles[0]?.text ?? "" });
  const there = await page.evaluate((given) => {
    const { core } = window as unknown as { core: Core };
    return given.map(({ config, unitId, facts: known }) =>
      core.decide(
        core.anExperiment(config),
        core.aSubject(unitId, { facts: core.facts(known) }),
        null,
        null,
        core.surroundings,
      ),
    );
  }, cases);
  expect(there).toEqual(here);
  expect(new Set(here.map(({ reason }) => reason))).toEqual(
    new Set(["allocated", "not_targeted", "excluded", "not_in_traffic"]),
  );
  expect(new Set(here.map(({ variant }) => variant)).size).toBe(4);
});

interface Core {
  anExperiment: typeof anExperiment;
  aSubject: typeof aSubject;
  facts: typeof facts;
  surroundings: typeof surroundings;
  decide: typeof decide;
}
