import path from "node:path";
import { deployMigrations } from "@calcom/prisma/deploy";
import { migrationsDir } from "../../lib/paths";
import { holds, none, shown } from "../judging/findings";
import type { Scenario } from "../scenario";
import { startBalancer } from "../site/balancer";
import { migrateAndFill } from "../site/fill";
import { buildReleaseBefore, missingHistory } from "../site/release-before";
import { openSite } from "../site/site";
import { failuresOf } from "../traffic/ledger";
import { underFire } from "./under-fire";

export const rollingUpgrade: Scenario = {
  name: "rolling-upgrade",
  fault:
    "The schema is migrated while visitors use the site, and a node that runs the commit before the migration serves alongside a new one",
  promise: "no request fails, and nothing that was confirmed is lost",
  // Most of it is the build of the release before.
  minutes: () => 15,
  missing: missingHistory,
  async run(site, pace) {
    const { checkout, commit, migration } = await buildReleaseBefore();
    const own = await openSite(site.cluster, { isMigrated: false });
    site.defer(own.close);
    await migrateAndFill(own.url, path.join(checkout, "prisma/migrations"));
    const old = await own.start({ checkout });
    const balancer = await startBalancer([old.baseUrl]);
    site.defer(balancer.close);
    const applied: string[] = [];
    const { ledger, findings } = await underFire(own, pace, {
      baseUrl: balancer.baseUrl,
      async fault(goOn) {
        applied.push(...(await deployMigrations({ connectionString: own.url, migrationsDir })).applied);
        await goOn(2);
        const fresh = await own.start();
        balancer.add(fresh.baseUrl);
        await goOn(5);
      },
    });
    return [
      shown("commit of the older node", commit.slice(0, 7)),
      holds(
        `the migration ${migration} was applied while visitors used the site`,
        applied.includes(migration),
      ),
      ...findings,
      none("requests cut off", balancer.cutOff),
      none("failed requests", failuresOf(ledger.entries)),
    ];
  },
};
