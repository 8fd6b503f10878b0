import http from "node:http";
import { aVisitor } from "../assign/http-client";
import type { Benchmark, Measurement } from "../benchmark";
import { aRunningExperiment } from "../internals";
import { median } from "../statistics";
import type { Workbench } from "../workbench";
import { signIn } from "./session";

const EXPERIMENTS = 5_000;
const CALLS = 60;

export const listOf5000: Benchmark = {
  id: "list-5000-first-byte",
  name: `First byte of the list with ${EXPERIMENTS.toLocaleString("en")} experiments, against the list with one (ms)`,
  goal: { atMost: 3 },
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
  // The name of the one finds it among all of them as well: what differs is how many there are.
  const firstByte = async (path: string) => {
    const times: number[] = [];
    for (let call = 0; call < CALLS; call++) times.push(await firstByteMs(server.port, path, headers));
    return median(times);
  };
  const anchor = await firstByte(`/settings/admin/experiments?search=${slug}`);
  await pool.query(
    `INSERT INTO "Feature" ("slug", "enabled", "type", "metadata")
     SELECT 'many-' || n, true, 'EXPERIMENT', template."metadata" || jsonb_build_object('name', 'Many ' || n)
     FROM generate_series(1, $1::int) AS n, (SELECT "metadata" FROM "Feature" WHERE "slug" = $2) AS template`,
    [EXPERIMENTS, slug],
  );
  try {
    // Every node has read them by then.
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    const ours = await firstByte("/settings/admin/experiments");
    return { ours, anchor, ratio: ours / anchor, notes: ["the page holds fifty of them, in one statement"] };
  } finally {
    await pool.query(`DELETE FROM "Feature" WHERE "slug" LIKE 'many-%'`);
  }
}

function firstByteMs(port: number, path: string, headers: http.OutgoingHttpHeaders): Promise<number> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    http
      .get(`http://127.0.0.1:${port}${path}`, { headers }, (response) => {
        let took = Number.NaN;
        response.once("data", () => {
          took = performance.now() - start;
        });
        response.on("data", () => {});
        response.on("end", () => {
          if (response.statusCode === 200) resolve(took);
          else reject(new Error(`${path} answered ${response.statusCode}.`));
        });
      })
      .on("error", reject);
  });
}
