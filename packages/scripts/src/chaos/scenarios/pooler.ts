import { hasPgbouncer, startPgbouncer } from "@calcom/embedded-postgres/pgbouncer";
import { holds, inTime } from "../judging/findings";
import type { Scenario } from "../scenario";
import { EXPERIMENTS } from "../site/experiments";
import type { Site } from "../site/site";
import { aVisitor, underFire } from "./under-fire";

export const pooler: Scenario = {
  name: "pooler",
  fault: "The database is behind pgbouncer in transaction mode, and pgbouncer is restarted",
  promise:
    "nothing that was confirmed is lost, pausing an experiment takes effect within a second, and no lock is left behind",
  missing: () => (hasPgbouncer ? null : "pgbouncer is not installed"),
  async run(site, pace) {
    const bouncer = await startPgbouncer(site.way.connectionString);
    let isStopped = false;
    const stop = async () => {
      if (!isStopped) await bouncer.stop();
      isStopped = true;
    };
    site.defer(stop);
    const { port } = new URL(bouncer.url);
    // The nodes' way leads through it; its own leads to the database.
    const { baseUrl } = await site.start({
      databaseUrl: bouncer.url,
      env: { DATABASE_DIRECT_URL: site.way.connectionString },
    });
    const { findings } = await underFire(site, pace, {
      baseUrl,
      async fault(goOn) {
        await goOn(2);
        await stop();
        await goOn(2);
        const next = await startPgbouncer(site.way.connectionString, Number(port));
        site.defer(next.stop);
      },
    });
    const pausedAfter = await pauseAndWait(site, baseUrl);
    const locks = await site.sudo<{ count: string }>(
      "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = $1)",
      [site.name],
    );
    return [
      ...findings,
      pausedAfter === null
        ? holds("pausing an experiment takes effect", false)
        : inTime("pausing an experiment takes effect after", pausedAfter, 1_000),
      holds("advisory locks left behind", locks[0]?.count === "0", `${locks[0]?.count}`),
    ];
  },
};

const PATIENCE_MS = 20_000;

/** Pauses an experiment, and returns the milliseconds until nobody new enters; null if somebody always does. */
async function pauseAndWait(site: Site, baseUrl: string): Promise<number | null> {
  const [{ slug }] = EXPERIMENTS;
  await site.sudo(
    `UPDATE "Feature" SET "enabled" = false, "metadata" = jsonb_set("metadata", '{status}', '"paused"') WHERE "slug" = $1`,
    [slug],
  );
  const since = performance.now();
  for (let index = 0; performance.now() - since < PATIENCE_MS; index++) {
    const visitor = aVisitor(site, baseUrl, 1_000 + index);
    await visitor.comeBack();
    if ((await visitor.decide()).get(slug) === null) return performance.now() - since;
  }
  return null;
}
