import { aVisitor } from "../assign/http-client";
import type { Benchmark, Measurement } from "../benchmark";
import { aRunningExperiment, fillExperiment, runPatiently } from "../internals";
import { median } from "../statistics";
import type { Workbench } from "../workbench";
import { askPage } from "./ask-page";
import { signIn } from "./session";

const MANY = 1_000_000;
const FEW = 50;
const OTHERS = 15;
const CALLS = 25;
const SETTINGS = {
  unit: "visitor" as const,
  clientEvents: ["bought"],
  metrics: { primary: "event:bought", secondary: [], guardrails: [] },
};
/** What a person waits for, to the last byte. */
const LIMIT_MS = 150;

export const pagesBesideAMillion: Benchmark = {
  id: "pages-beside-a-million",
  name: `The slowest page of the admin with ${MANY.toLocaleString("en")} participants in one of ${OTHERS + 1} experiments, against the same page with ${FEW} (ms)`,
  goal: { atMost: 1.5 },
  run,
};

async function run(workbench: Workbench): Promise<Measurement> {
  const fixture = await workbench.fixture();
  const { pool } = fixture.database;
  const slugs: string[] = [];
  for (let count = 0; count <= OTHERS; count++)
    slugs.push((await aRunningExperiment(fixture, SETTINGS)).slug);
  const [large = ""] = slugs;
  for (const slug of slugs) await fill(FEW, slug);

  const server = await workbench.webServer();
  const { cookie: visitor, address } = await aVisitor(server);
  const email = "pages@bench.example";
  const session = await signIn(server, fixture, { email, address });
  await pool.query(`UPDATE "User" SET "role" = 'ADMIN' WHERE "email" = $1`, [email]);
  const headers = { cookie: `${visitor}; ${session}`, "x-forwarded-for": address, accept: "text/html" };
  const list = "/settings/admin/experiments";
  const pages: Record<string, string> = {
    "list, changed last": list,
    "by participants": `${list}?sort=subjects`,
    "by name": `${list}?sort=name`,
    "by creation": `${list}?sort=created`,
    "an experiment": `${list}/${large}`,
    results: `${list}/${large}?tab=results`,
    "its settings": `${list}/${large}/edit`,
    people: `${list}/people`,
    activity: `${list}/activity`,
  };

  async function fill(assignments: number, slug: string): Promise<void> {
    const client = await pool.connect();
    try {
      await fillExperiment(client, slug, { assignments, conversions: assignments / 5 });
      await runPatiently(client, "RESET session_replication_role");
      for (const table of ["ExperimentVariant", "ExperimentConversion"])
        await runPatiently(client, `VACUUM ANALYZE "${table}"`);
    } finally {
      // It may still be in the role of a replica.
      client.release(true);
    }
    await fixture.module.recounts.recount(slug);
  }

  /** The server counts in the background what has just come in. */
  async function untilAtRest(): Promise<void> {
    for (let quiet = 0; quiet < 10; quiet++) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      const { rows } = await pool.query(
        `SELECT FROM pg_stat_activity WHERE state = 'active' AND datname = current_database() AND pid <> pg_backend_pid()`,
      );
      if (rows.length > 0) quiet = -1;
    }
  }

  async function measure(): Promise<Map<string, number>> {
    await untilAtRest();
    const times = new Map<string, number>();
    for (const [name, path] of Object.entries(pages)) {
      const calls: number[] = [];
      for (let call = 0; call < CALLS; call++)
        calls.push((await askPage(server.port, path, headers)).wholeMs);
      // The first of them compiles what it needs.
      times.set(name, median(calls.slice(5)));
    }
    return times;
  }

  await measure();
  const before = await measure();
  await fill(MANY, large);
  const after = await measure();
  const figures = [...after].map(([name, ms]) => ({ name, ms, before: before.get(name) ?? Number.NaN }));
  const ratios = figures.map(({ ms, before: few }) => ms / few);
  const worst = figures[ratios.indexOf(Math.max(...ratios))] as (typeof figures)[number];
  return {
    ours: worst.ms,
    anchor: worst.before,
    ratio: worst.ms / worst.before,
    alsoMet: figures.every(({ ms }) => ms <= LIMIT_MS),
    notes: figures.map(
      ({ name, ms, before: few }) =>
        `${name}: ${ms.toFixed(0)} ms, ${few.toFixed(0)} ms with ${FEW} (goal: ≤ ${LIMIT_MS} ms)`,
    ),
  };
}
