import type { Scenario } from "../scenario";
import { startDebianServer } from "../site/debian-postgres";
import { missingDebianPostgres } from "../site/debian-programs";
import { openSite } from "../site/site";
import { findAnswers, underFire } from "./under-fire";

export const failover: Scenario = {
  name: "failover",
  fault: "The primary is killed (kill -9), and its synchronous standby is promoted in its place",
  promise: "nothing that was confirmed is lost; during the outage, pages show control",
  missing: missingDebianPostgres,
  async run(site, pace) {
    const primary = await startDebianServer();
    site.defer(primary.stop);
    const standby = await primary.addStandby();
    site.defer(standby.stop);
    const own = await openSite(primary);
    site.defer(own.close);
    const { baseUrl } = await own.start();
    const { during, findings } = await underFire(own, pace, {
      baseUrl,
      async fault(goOn) {
        primary.kill();
        own.way.cut();
        await goOn(3);
        await standby.promote();
        own.follow(standby.url(own.name));
        own.way.restore();
      },
    });
    return [...findings, ...findAnswers(during)];
  },
};
