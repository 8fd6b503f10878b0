import { aVisitor } from "../assign/http-client";
import type { Benchmark, Measurement } from "../benchmark";
import { aRunningExperiment } from "../internals";
import { median } from "../statistics";
import type { Workbench } from "../workbench";
import { askPage } from "./ask-page";
import { signIn } from "./session";

const EXPERIMENTS = 5_000;
/** As many as the page shows. */
const A_PAGE = 50;
const CALLS = 60;

export const listOf5000: Benchmark = {
  id: "list-5000-first-byte",
  name: `First byte of the list with ${EXPERIMENTS.toLocaleString("en")} experiments, against as many as one page shows (ms)`,
  goal: { atMost: 2 },
  run,
};

async function run(workbench: Workbench): Promise<Measurement> {
  const fixture = await workbench.fixture();
  const { slug } = await aRunningExperiment(fixture);
  const server = await workbench.webServer();
  const { cookie: visitor, address } = await aVisitor(server);
  const email = "lists@bench.example";
  const session = await signIn(server, fixture, { email, address });
  const { pool } = fixture.database;
  await pool.query(`UPDATE "User" SET "role" = 'ADMIN' WHERE "email" = $1`, [email]);
  const headers = { cookie: `${visitor}; ${session}`, "x-forwarded-for": address, accept: "text/html" };
  const firstByteOf = async (many: { from: number; to: number }) => {
    await pool.query(
      `INSERT INTO "Feature" ("slug", "enabled", "type", "metadata")
       SELECT 'many-' || n, true, 'EXPERIMENT', template."metadata" || jsonb_build_object('name', 'Many ' || n)
       FROM generate_series($1::int, $2::int) AS n, (SELECT "metadata" FROM "Feature" WHERE "slug" = $3) AS template`,
      [many.from, many.to, slug],
    );
    // Every node has read them by then.
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    const times: number[] = [];
    for (let call = 0; call < CALLS; call++)
      times.push((await askPage(server.port, "/settings/admin/experiments", headers)).firstByteMs);
    return median(times);
  };
  try {
    const anchor = await firstByteOf({ from: 1, to: A_PAGE });
    const ours = await firstByteOf({ from: A_PAGE + 1, to: EXPERIMENTS });
    return { ours, anchor, ratio: ours / anchor, notes: [] };
  } finally {
    await pool.query(`DELETE FROM "Feature" WHERE "slug" LIKE 'many-%'`);
  }
}
