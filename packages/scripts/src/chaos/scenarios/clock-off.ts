import { within } from "../judging/findings";
import type { Scenario } from "../scenario";
import { startBalancer } from "../site/balancer";
import { underFire } from "./under-fire";

const HOURS = 3_600_000;

export const clockOff: Scenario = {
  name: "clock-off",
  fault: "The clock of one node is three hours fast, and that of another is three hours slow",
  promise: "variants do not change from node to node, and stored times come from the database's clock",
  async run(site, pace) {
    const since = new Date();
    const fast = await site.start({ env: { CLOCK_OFF_BY_MS: String(3 * HOURS) } });
    const slow = await site.start({ env: { CLOCK_OFF_BY_MS: String(-3 * HOURS) } });
    const balancer = await startBalancer([fast.baseUrl, slow.baseUrl]);
    site.defer(balancer.close);
    const { findings } = await underFire(site, pace, {
      baseUrl: balancer.baseUrl,
      fault: (goOn) => goOn(4),
    });
    const [row] = await site.sudo<{ off: number }>(
      `SELECT count(*)::int AS off FROM (
         SELECT "assignedAt" AS at FROM "ExperimentVariant"
         UNION ALL SELECT "exposedAt" FROM "ExperimentVariant" WHERE "exposedAt" IS NOT NULL
         UNION ALL SELECT "occurredAt" FROM "ExperimentConversion") AS stored
       WHERE at NOT BETWEEN $1::timestamptz - interval '1 minute' AND clock_timestamp() + interval '1 second'`,
      [since],
    );
    return [
      ...findings,
      within("stored times before the start or after the end of the run", row?.off ?? 0, { atMost: 0 }),
    ];
  },
};
