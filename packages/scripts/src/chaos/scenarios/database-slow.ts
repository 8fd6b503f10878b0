import type { Scenario } from "../scenario";
import { findAnswers, underFire } from "./under-fire";

export const databaseSlow: Scenario = {
  name: "database-slow",
  fault: "Each message to the database, and each message back, takes 60 ms longer",
  promise: "decisions are answered within 300 ms at p99; nothing that was confirmed is lost",
  async run(site, pace) {
    const { baseUrl } = await site.start();
    const { during, findings } = await underFire(site, pace, {
      baseUrl,
      async fault(goOn) {
        site.way.delay(60);
        await goOn(6);
        site.way.restore();
      },
    });
    return [...findings, ...findAnswers(during)];
  },
};
