import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, expect, test } from "vitest";
import { aRunningExperiment, createFixture, createUser } from "../testing/database-fixtures";
import { blocksOf, root } from "./blocks";

const { connectionString } = await testDatabase();
const fixture = await createFixture(connectionString);
fs.mkdirSync(path.join(root, ".data"), { recursive: true });
const dir = fs.mkdtempSync(path.join(root, ".data", "job-"));

afterAll(async () => {
  fs.rmSync(dir, { recursive: true, force: true });
  await fixture.close();
});

const variants = [
  { name: "control", percentage: 0 },
  { name: "checklist", percentage: 100 },
];
await aRunningExperiment(fixture, { slug: "onboarding-checklist", variants });
const example = blocksOf("EXAMPLES.md").find(({ heading }) => heading === "In a job");
fs.writeFileSync(path.join(dir, "example.ts"), example?.code ?? "");

/** Runs a script as somebody would from cron: with the address of the database, and no other setting. */
function run(script: string): Promise<{ code: number | null; output: string }> {
  const file = path.join(dir, "job.ts");
  fs.writeFileSync(file, script);
  const child = spawn(process.execPath, ["--import", "tsx", file], {
    cwd: root,
    env: { NODE_ENV: "production", DATABASE_URL: connectionString },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, output })));
}

test.each([
  ["as it is written", ""],
  ["and closes what it has opened", "await closeExperiments();"],
])(
  "the example of a job, %s, does its work on DATABASE_URL alone, and its process ends",
  { timeout: 180_000 },
  async (_, end) => {
    const userId = await createUser(fixture.database);
    const { code, output } = await run(
      `import { closeExperiments } from "@calcom/features/experiments/server";
     import { remindNewMembers } from "./example";
     await remindNewMembers([${userId}], async (userId, template) => console.log(userId, template));
     ${end}`,
    );
    expect(output).toBe(`${userId} reminder-with-checklist\n`);
    expect(code).toBe(0);
    const { rows } = await fixture.database.pool.query(
      `SELECT "variant", "exposedAt" IS NOT NULL AS seen FROM "ExperimentVariant" WHERE "userId" = $1`,
      [userId],
    );
    expect(rows).toEqual([{ variant: "checklist", seen: true }]);
  },
);

test("a job does not listen, and obeys a change that comes while it runs", { timeout: 180_000 }, async () => {
  const listening = async () => {
    const { rowCount } = await fixture.database.pool.query(
      "SELECT FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'",
    );
    return rowCount;
  };
  const before = await listening();
  const { slug, version } = await aRunningExperiment(fixture, { variants });
  const userId = await createUser(fixture.database);
  const ended = run(
    `import { experiments } from "@calcom/features/experiments/server";
     for (let isFirst = true; ; isFirst = false) {
       const [answer] = await experiments().decideFor({ userId: ${userId} }, ["${slug}"]);
       if (isFirst) console.log(answer.variant);
       if (answer.variant === null) break;
       await new Promise((resolve) => setTimeout(resolve, 50));
     }`,
  );
  await expect
    .poll(
      async () =>
        (await fixture.database.pool.query(`SELECT FROM "ExperimentVariant" WHERE "userId" = $1`, [userId]))
          .rowCount,
      { timeout: 20_000 },
    )
    .toBe(1);
  expect(await listening()).toBe(before);
  await fixture.module.admin.lifecycle.updateStatus(fixture.admin, { slug, version, action: "turn_off" });
  expect(await ended).toEqual({ code: 0, output: "checklist\n" });
});
