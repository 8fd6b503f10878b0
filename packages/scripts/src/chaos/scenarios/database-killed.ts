import type { Scenario } from "../scenario";
import { findAnswers, underFire } from "./under-fire";

export const databaseKilled: Scenario = {
  name: "database-killed",
  fault: "The database is killed (kill -9) and started again",
  promise: "nothing that was confirmed is lost; during the outage, pages show control",
  isQuick: true,
  async run(site, pace) {
    const { baseUrl } = await site.start();
    const { during, findings } = await underFire(site, pace, {
      baseUrl,
      async fault(goOn) {
        site.cluster.kill();
        site.way.cut();
        await goOn(3);
        await site.cluster.restart();
        site.follow();
        site.way.restore();
      },
    });
    return [...findings, ...findAnswers(during)];
  },
};
