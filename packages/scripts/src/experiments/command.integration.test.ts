import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { createDatabase } from "@calcom/prisma";
import { seedDemo } from "@calcom/seed";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "../lib/paths";
import { runExperiments } from "./testing/run-experiments";

const { connectionString } = await testDatabase();
const database = createDatabase({ connectionString });
const dir = fs.mkdtempSync(path.join(os.tmpdir(), "calcom-types-"));
const out = path.join(dir, "types/experiments.d.ts");
const code = path.join(dir, "Button.tsx");

beforeAll(async () => {
  await seedDemo({ connectionString });
  fs.writeFileSync(
    code,
    'import { useExperiment } from "@calcom/features/experiments/hooks";\nuseExperiment("upgrade-button-test");\n',
  );
});
afterAll(async () => {
  await database.close();
  fs.rmSync(dir, { recursive: true, force: true });
});

const run = (args: string[], url = connectionString) => runExperiments(args, url);

/** In a process of its own, as people call it. */
async function spawn(args: string[]) {
  const command = [path.join(root, "packages/scripts/run.mjs"), "experiments", ...args];
  const options = { cwd: root, env: { ...process.env, DATABASE_URL: connectionString } };
  return promisify(execFile)(process.execPath, command, options).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error) => {
      if (typeof error.code !== "number") throw error;
      return { code: Number(error.code), stdout: String(error.stdout), stderr: String(error.stderr) };
    },
  );
}

async function conclude(slug: string, winner: string | null): Promise<void> {
  const change = { status: "concluded", winnerVariant: winner, endedAt: "2026-11-20T10:00:00.000Z" };
  await database.pool.query(
    `UPDATE "Feature" SET "enabled" = false, "metadata" = "metadata" || $2::jsonb WHERE "slug" = $1`,
    [slug, JSON.stringify(change)],
  );
}

describe("npm run experiments", { timeout: 180_000 }, () => {
  test("without a command shows the help", async () => {
    const { code, stdout } = await spawn([]);
    expect(code).toBe(0);
    expect(stdout).toContain("Usage: npm run experiments -- ");
    for (const name of ["types", "stale"]) expect(stdout).toContain(`  ${name} [options]`);
  });

  test("says in one sentence what it does not understand", async () => {
    const { code, stderr } = await spawn(["typos"]);
    expect(code).toBe(1);
    expect(stderr.trim()).toBe(
      "unknown command 'typos' (Did you mean types?)\n`npm run experiments` shows what there is.",
    );
  });

  test("says in one sentence that there is no database, or that it is another one's", async () => {
    const url = new URL(connectionString);
    url.pathname = "/calcom_nowhere";
    const missing = await run(["types", "--out", out], url.href);
    expect(missing.code).toBe(1);
    expect(missing.stderr.trim()).toMatch(
      /^DATABASE_URL cannot be used: .* has no database "calcom_nowhere";.*$/,
    );
    url.pathname = "/postgres";
    const foreign = await run(["stale"], url.href);
    expect(foreign.stderr.trim()).toMatch(/^The database of DATABASE_URL has no table of experiments: .*$/);
    expect(fs.existsSync(out)).toBe(false);
  });
});

describe("who", { timeout: 180_000 }, () => {
  test("names of a feature flag people who have it by its rollout, and who do not", async () => {
    await database.pool.query(
      `INSERT INTO "Feature" ("slug", "enabled", "rolloutPercentage", "rolloutUnit")
       VALUES ('rolled-out', true, 50, 'user'), ('off-for-all', false, NULL, NULL)`,
    );
    const { rows: people } = await database.pool.query<{ id: number; email: string }>(
      `SELECT "id", "email" FROM "User" ORDER BY "id"`,
    );
    const { rows: having } = await database.pool.query<{ email: string }>(
      `SELECT "email" FROM "User" WHERE is_rolled_out('rolled-out', 50, "id") ORDER BY "id"`,
    );
    const have = having.map(({ email }) => email);
    const lack = people.map(({ email }) => email).filter((email) => !have.includes(email));
    const { code, stdout } = await run(["who", "rolled-out"]);
    expect(code).toBe(0);
    expect(stdout).toContain(`on: ${have.slice(0, 3).join(", ") || `nobody of ${people.length} users`}\n`);
    expect(stdout).toContain(`off: ${lack.slice(0, 3).join(", ") || `nobody of ${people.length} users`}`);
    expect((await run(["who", "off-for-all"])).stdout).toContain(`on: nobody of ${people.length} users`);
    await database.pool.query(`DELETE FROM "Feature" WHERE "slug" IN ('rolled-out', 'off-for-all')`);
  });
});

describe("types", { timeout: 180_000 }, () => {
  test("the committed declaration file is what the demo's database says", async () => {
    const { code, stdout, stderr } = await run(["types", "--check"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("apps/web/types/experiments.d.ts is what the database says.");
    await run(["types", "--out", out]);
    expect(fs.readFileSync(out, "utf8")).toBe(
      fs.readFileSync(path.join(root, "apps/web/types/experiments.d.ts"), "utf8"),
    );
  });

  test("after a conclusion the check fails and names the change; the next run ends that", async () => {
    await run(["types", "--out", out]);
    await conclude("landing-hero-test", "benefit-focused");
    const refused = await run(["types", "--check", "--out", out]);
    expect(refused.code).toBe(1);
    expect(refused.stderr.split("\n").slice(1)).toEqual([
      "landing-hero-test:",
      "  - variants.control: null",
      "  + variants.control: null (deprecated)",
      '  + shown: "benefit-focused"',
      "",
    ]);
    const written = await run(["types", "--out", out]);
    expect(written.stdout).toContain("landing-hero-test is over, and everybody sees benefit-focused.");
    expect(written.stdout).toMatch(/ {2}apps\/web\/modules\/marketing\/LandingPageHero\.tsx:\d+\n/);
    expect((await run(["types", "--check", "--out", out])).code).toBe(0);
  });

  test("a file that is not there, and a file that holds something else, are refused", async () => {
    const absent = path.join(dir, "absent.d.ts");
    expect((await run(["types", "--check", "--out", absent])).stderr).toContain(`There is no ${absent}`);
    const { code: exit, stderr } = await run(["types", "--out", code]);
    expect({ exit, stderr: stderr.trim() }).toEqual({
      exit: 1,
      stderr: `${code} holds something else: name another file, or remove it first.`,
    });
  });

  test("an experiment whose configuration cannot be read is told, and takes any variant", async () => {
    await database.pool.query(
      `INSERT INTO "Feature" ("slug", "type", "metadata") VALUES ('broken', 'EXPERIMENT', '[]')`,
    );
    const { code, stderr } = await run(["types", "--out", out]);
    await database.pool.query(`DELETE FROM "Feature" WHERE "slug" = 'broken'`);
    expect({ code, stderr }).toMatchObject({
      code: 0,
      stderr: expect.stringContaining("broken takes any variant: "),
    });
    expect(fs.readFileSync(out, "utf8")).toContain("broken: { variants: string }");
  });
});

describe("stale", { timeout: 180_000 }, () => {
  test("finds nothing in an application that names what runs, also where it is strict", async () => {
    expect(await run(["stale", code, "--strict"])).toMatchObject({
      code: 0,
      stdout: "No finished experiment and no unknown slug in 1 file.\n",
    });
  });

  test("finds what is over, as text and as JSON, and fails only where it is strict", async () => {
    await conclude("upgrade-button-test", null);
    const plain = await run(["stale", code]);
    expect(plain).toMatchObject({ code: 0, stderr: "" });
    expect(plain.stdout).toContain("upgrade-button-test: concluded on 2026-11-20, everybody sees control\n");
    expect(plain.stdout).toContain("Button.tsx:2:15  useExperiment");
    const strict = await run(["stale", code, "--strict", "--json"]);
    expect(strict.code).toBe(1);
    expect(JSON.parse(strict.stdout)).toMatchObject({
      finished: [{ slug: "upgrade-button-test", shown: "control", uses: [{ line: 2 }] }],
      unknown: [],
      files: 1,
    });
  });
});

describe("convert", () => {
  const by = ["--by", "admin@example.com"];

  test("says what would happen, does it when told to, and takes it back", async () => {
    await database.pool.query(`INSERT INTO "Feature" ("slug") VALUES ('old-flag')`);
    await database.pool.query(
      `INSERT INTO "UserFeatures" ("userId", "featureId", "enabled") SELECT "id", 'old-flag', true FROM "User" WHERE "email" = 'ida@example.com'`,
    );
    const typeOf = async () =>
      (await database.pool.query(`SELECT "type" FROM "Feature" WHERE "slug" = 'old-flag'`)).rows[0]?.type;

    const dry = await run(["convert", "old-flag", ...by]);
    expect(dry).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("1 user will keep treatment and 0 users control"),
    });
    expect(await typeOf()).toBe("RELEASE");
    expect(await run(["convert", "old-flag", ...by, "--apply"])).toMatchObject({ code: 0 });
    expect(await typeOf()).toBe("EXPERIMENT");
    expect(await run(["convert", "old-flag", ...by, "--revert", "--apply"])).toMatchObject({ code: 0 });
    expect(await typeOf()).toBe("RELEASE");
  });

  test("asks a database that is behind as it is, and migrates it only when told to change something", async () => {
    const latest = await database.pool.query<{ migration_name: string }>(
      `DELETE FROM "_prisma_migrations" WHERE "started_at" = (SELECT max("started_at") FROM "_prisma_migrations")
       RETURNING *`,
    );
    const applied = async () =>
      (await database.pool.query(`SELECT count(*)::int AS n FROM "_prisma_migrations"`)).rows[0].n;
    const before = await applied();
    try {
      expect(await run(["convert", "old-flag", ...by])).toMatchObject({ code: 0, stderr: "" });
      expect((await run(["verify", "checkout-button-test"])).code).toBe(1);
      expect(await applied()).toBe(before);
    } finally {
      const [row] = latest.rows;
      await database.pool.query(
        `INSERT INTO "_prisma_migrations" SELECT * FROM jsonb_populate_record(NULL::"_prisma_migrations", $1)`,
        [JSON.stringify(row)],
      );
    }
  });

  test("is refused to whoever may not, in a sentence", async () => {
    const refused = await run(["convert", "old-flag", "--by", "tom@example.com"]);
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("Only app administrators"),
    });
    const unknown = await run(["convert", "old-flag", "--by", "nobody@example.com"]);
    expect(unknown).toMatchObject({ code: 1, stderr: expect.stringContaining("Nobody has the address") });
  });
});
