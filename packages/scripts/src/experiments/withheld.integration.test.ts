// While a comparison is withheld, no command tells conversions by variant, nor figures from which they follow.
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { countsOf, createFixture } from "@calcom/features/experiments/testing/database";
import { leaksIn } from "@calcom/features/experiments/testing/leaks";
import { aWithheldExperiment, WITHHELD_CASES } from "@calcom/features/experiments/testing/withheld";
import { expect, test } from "vitest";
import { runExperiments } from "./testing/run-experiments";

const { connectionString } = await testDatabase();

const file = path.join(tmpdir(), `experiments-${process.pid}.d.ts`);
/** With what each command is asked. A command that is not here fails the test. */
const asked: Record<string, (slug: string) => string[][]> = {
  types: () => [["--out", file, "--check"]],
  stale: () => [[]],
  verify: (slug) => [[slug], [slug, "--json"]],
  convert: (slug) => [[slug]],
  sql: (slug) => [[slug]],
  who: (slug) => [[slug]],
};

test("every command is asked", () => {
  const commands = readdirSync(path.join(import.meta.dirname, "commands")).filter(
    (name) => !name.includes(".test."),
  );
  expect(commands.sort()).toEqual(
    Object.keys(asked)
      .map((name) => `${name}.ts`)
      .sort(),
  );
});

test.each(WITHHELD_CASES)(
  "of an experiment that is %s and %s, no command tells conversions by variant",
  async (reason, state) => {
    const fixture = await createFixture(connectionString);
    try {
      const { slug, secrets } = await aWithheldExperiment(fixture, reason, state);
      for (const [name, wires] of Object.entries(asked))
        for (const args of wires(slug))
          expect(leaksIn(await runExperiments([name, ...args], connectionString), secrets), name).toEqual([]);
      expect(leaksIn(await countsOf(fixture, slug), secrets)).not.toEqual([]);
    } finally {
      await fixture.close();
    }
  },
  90_000,
);
