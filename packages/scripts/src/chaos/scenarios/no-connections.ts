import type { Scenario } from "../scenario";
import { findAnswers, underFire } from "./under-fire";

export const noConnections: Scenario = {
  name: "no-connections",
  fault: "The database refuses new connections, and ends the existing ones",
  promise: "pages and decisions are still answered, with control; nothing that was confirmed is lost",
  async run(site, pace) {
    const { baseUrl } = await site.start();
    const { during, findings } = await underFire(site, pace, {
      baseUrl,
      async fault(goOn) {
        // It does not hold for superusers, which the application is not.
        await site.sudo(`ALTER DATABASE "${site.name}" CONNECTION LIMIT 0`);
        await site.sudo("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1", [
          site.name,
        ]);
        await goOn(4);
        await site.sudo(`ALTER DATABASE "${site.name}" CONNECTION LIMIT -1`);
      },
    });
    return [...findings, ...findAnswers(during)];
  },
};
