import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, describe, expect, it } from "vitest";
import { aRunningExperiment, createFixture } from "../testing/database-fixtures";
import { type WatchedStatement, watchStatements } from "../testing/watch-statements";
import type { ExperimentPatch } from "../types/input";

const { connectionString } = await testDatabase();
const fixture = await createFixture(connectionString);
const { module, admin: actor, database } = fixture;
const { admin } = module;
afterAll(() => fixture.close());

const readsRows = ({ text }: WatchedStatement) => text.includes(`"ExperimentVariant"`);
const counts = ({ text }: WatchedStatement) => /count\(/.test(text) && text.includes(`"ExperimentVariant"`);
const writes = ({ text }: WatchedStatement) => /^\s*(INSERT|UPDATE|DELETE)\b/.test(text);

/** The statements of a change, without those that ask for the permission. */
async function watchUpdate(patch: ExperimentPatch) {
  const { slug, version } = await aRunningExperiment(fixture);
  return watchStatements(database.pool, () => admin.editing.updateConfig(actor, { slug, version, patch }));
}

describe("an admin's change of an experiment", () => {
  it("counts its assignments once, for the answer", async () => {
    for (const patch of [
      { name: "Other" },
      { trafficPercentage: 10 },
      { clientEvents: ["clicked", "paid"] },
    ]) {
      const statements = await watchUpdate(patch);
      expect(statements.filter(counts)).toHaveLength(1);
      expect(statements.findIndex(counts)).toBeGreaterThan(statements.findLastIndex(writes));
      expect(statements.filter(readsRows)).toHaveLength(1);
    }
  });

  it("looks for assignments before it saves where variants may be lost, and finds them without counting", async () => {
    const statements = await watchUpdate({
      variants: [
        { name: "control", percentage: 80 },
        { name: "urgent", percentage: 20 },
      ],
    });
    expect(statements.filter(counts)).toHaveLength(1);
    expect(statements.filter(readsRows)).toHaveLength(2);
  });

  it("takes the way once: it asks, reads, saves and answers", async () => {
    const statements = await watchUpdate({ trafficPercentage: 10 });
    const asked = statements.filter(({ text }) => !text.includes("set_config"));
    const tables = asked.map(({ text }) => /(?:FROM|UPDATE|INTO) "(\w+)"/.exec(text)?.[1]);
    // The last ones are read side by side.
    expect([...tables.slice(0, 5), ...tables.slice(5).sort()]).toEqual([
      "experiment_host_users", // may they?
      "Feature", // what is there?
      "Feature", // saved
      "ExperimentEpoch", // closed
      "ExperimentEpoch", // opened
      "ExperimentAsk", // when code has last asked for it
      "ExperimentEpoch",
      "ExperimentResult", // described with what its result doubts, for the answer
    ]);
    const written = statements.filter(writes);
    expect(written).toHaveLength(3);
    expect(new Set(written.map(({ transaction }) => transaction)).size).toBe(1);
    expect(written[0]?.transaction).not.toBeNull();
  });
});

it.each(["duplicate", "conclude", "pause"] as const)(
  "to %s an experiment counts nothing but for the answer",
  async (command) => {
    const { slug, version } = await aRunningExperiment(fixture);
    const run = {
      duplicate: () => admin.editing.duplicate(actor, { slug, newSlug: `${slug}-again`, name: "Again" }),
      conclude: () => admin.lifecycle.conclude(actor, { slug, version, winnerVariant: null }),
      pause: () => admin.lifecycle.updateStatus(actor, { slug, version, action: "pause" }),
    }[command];
    const statements = await watchStatements(database.pool, run);
    expect(statements.filter((one) => counts(one) && one.text.includes("updatedByName"))).toHaveLength(1);
  },
);
