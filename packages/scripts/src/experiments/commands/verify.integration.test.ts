import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { aRunningExperiment, createFixture } from "@calcom/features/experiments/testing/database";
import { testDatabase } from "@calcom/scripts/testing";
import { expect, test } from "vitest";
import { root } from "../../lib/paths";

const { connectionString } = await testDatabase();

async function verify(slug: string) {
  const command = [path.join(root, "packages/scripts/run.mjs"), "experiments", "verify", slug];
  const options = { cwd: root, env: { ...process.env, DATABASE_URL: connectionString } };
  return promisify(execFile)(process.execPath, command, options).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error) => ({ code: Number(error.code), stdout: String(error.stdout), stderr: String(error.stderr) }),
  );
}

test("npm run experiments -- verify holds a conclusion to its receipt", { timeout: 90_000 }, async () => {
  const fixture = await createFixture(connectionString);
  try {
    const { slug, version } = await aRunningExperiment(fixture, { unit: "visitor" });
    const { rows } = await fixture.database.pool.query<{ id: string }>(
      `INSERT INTO "ExperimentVariant" ("experimentSlug", "variant", "visitorId", "assignmentType", "epoch", "exposedAt")
       VALUES ($1, 'control', gen_random_uuid(), 'DETERMINISTIC', 1, now()) RETURNING "id"`,
      [slug],
    );
    expect(await verify(slug)).toMatchObject({ code: 1, stderr: expect.stringContaining("has no receipt") });
    await fixture.module.admin.conclude(fixture.admin, { slug, version, winnerVariant: null });
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
