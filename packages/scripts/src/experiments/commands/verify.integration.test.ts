import { testDatabase } from "@calcom/embedded-postgres/testing";
import { aRunningExperiment, createFixture } from "@calcom/features/experiments/testing/database";
import { expect, test } from "vitest";
import { runExperiments } from "../testing/run-experiments";

const { connectionString } = await testDatabase();

const verify = (slug: string) => runExperiments(["verify", slug], connectionString);

test("npm run experiments -- verify holds a conclusion to its receipt", { timeout: 180_000 }, async () => {
  const fixture = await createFixture(connectionString);
  try {
    const { slug, version } = await aRunningExperiment(fixture, { unit: "visitor" });
    const { rows } = await fixture.database.pool.query<{ id: string }>(
      `INSERT INTO "ExperimentVariant" ("experimentSlug", "variant", "visitorId", "assignmentType", "epoch", "exposedAt")
       VALUES ($1, 'control', gen_random_uuid(), 'DETERMINISTIC', 1, now()) RETURNING "id"`,
      [slug],
    );
    expect(await verify(slug)).toMatchObject({ code: 1, stderr: expect.stringContaining("has no receipt") });
    await fixture.module.admin.lifecycle.conclude(fixture.admin, { slug, version, winnerVariant: null });
    expect(await verify(slug)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("the receipt holds"),
    });

    await fixture.database.pool.query(`DELETE FROM "ExperimentVariant" WHERE "id" = $1`, [rows[0]?.id]);
    const changed = await verify(slug);
    expect(changed.code).toBe(1);
    expect(changed.stdout).toContain("the receipt no longer holds");
    expect(changed.stdout).toContain("1 fewer than there were");
  } finally {
    await fixture.close();
  }
});
