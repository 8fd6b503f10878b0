import pg from "pg";
import { within } from "../judging/findings";
import type { Scenario } from "../scenario";
import { findAnswers, underFire } from "./under-fire";

export const tableLocked: Scenario = {
  name: "table-locked",
  fault: "Somebody holds a lock on the table of assignments, as a careless ALTER TABLE would",
  promise: "decisions are answered within 300 ms at p99; nothing that was confirmed is lost",
  async run(site, pace) {
    const { baseUrl } = await site.start();
    const careless = new pg.Client({
      connectionString: site.cluster.url(site.name),
      connectionTimeoutMillis: 10_000,
      query_timeout: 30_000,
    });
    careless.on("error", () => {}); // the statement that it breaks tells
    await careless.connect();
    site.defer(() => careless.end());
    let connections = 0;
    const { during, findings } = await underFire(site, pace, {
      baseUrl,
      async fault(goOn) {
        await careless.query(`BEGIN; LOCK TABLE "ExperimentVariant" IN ACCESS EXCLUSIVE MODE`);
        await goOn(6);
        const [row] = await site.sudo<{ count: number }>(
          "SELECT count(*)::int AS count FROM pg_stat_activity WHERE usename = $1",
          [site.name],
        );
        connections = row?.count ?? 0;
        await careless.query("ROLLBACK");
      },
    });
    // The pool has ten; those that it gave up wait at the server for a second more.
    const held = within("connections during the fault", connections, { atMost: 40 });
    return [...findings, ...findAnswers(during), held];
  },
};
