import { aVisitor } from "../assign/http-client";
import type { Benchmark, Measurement } from "../benchmark";
import { median } from "../statistics";
import type { Workbench } from "../workbench";
import { askPage } from "./ask-page";
import { signIn } from "./session";

const FLAGS = 5_000;
/** As many as the page shows. */
const A_PAGE = 50;
const CALLS = 60;

export const listOf5000Flags: Benchmark = {
  id: "flags-5000-page",
  name: `The slowest of first page, last page and a search of ${FLAGS.toLocaleString("en")} flags, against a page of as many as it shows (ms)`,
  goal: { atMost: 1.5 },
  run,
};

/** To the last byte: what a person waits for. */
async function run(workbench: Workbench): Promise<Measurement> {
  const fixture = await workbench.fixture();
  const server = await workbench.webServer();
  const { cookie: visitor, address } = await aVisitor(server);
  const email = "flags@bench.example";
  const session = await signIn(server, fixture, { email, address });
  const { pool } = fixture.database;
  await pool.query(`UPDATE "User" SET "role" = 'ADMIN' WHERE "email" = $1`, [email]);
  const headers = { cookie: `${visitor}; ${session}`, "x-forwarded-for": address, accept: "text/html" };
  const add = (from: number, to: number) =>
    pool.query(
      `INSERT INTO "Feature" ("slug", "type", "description")
       SELECT 'many-flag-' || n, (ARRAY['RELEASE', 'KILL_SWITCH', 'OPERATIONAL', 'PERMISSION'])[1 + n % 4]::"FeatureType",
         'What is switched by the flag ' || n || ', and for whom'
       FROM generate_series($1::int, $2::int) AS n`,
      [from, to],
    );
  const measure = async (query: string) => {
    const times: number[] = [];
    for (let call = 0; call < CALLS; call++)
      times.push((await askPage(server.port, `/settings/admin/flags${query}`, headers)).wholeMs);
    // The first of them compiles what it needs.
    return median(times.slice(5));
  };
  try {
    await add(1, A_PAGE);
    const anchor = await measure("");
    await add(A_PAGE + 1, FLAGS);
    const pages = {
      "first page": "",
      "last page": `?page=${FLAGS / A_PAGE}`,
      "a search": "?search=flag+whom",
    };
    const figures: { name: string; ms: number }[] = [];
    for (const [name, query] of Object.entries(pages)) figures.push({ name, ms: await measure(query) });
    const ours = Math.max(...figures.map(({ ms }) => ms));
    return {
      ours,
      anchor,
      ratio: ours / anchor,
      notes: figures.map(({ name, ms }) => `${name}: ${ms.toFixed(0)} ms`),
    };
  } finally {
    await pool.query(`DELETE FROM "Feature" WHERE "slug" LIKE 'many-flag-%'`);
  }
}
