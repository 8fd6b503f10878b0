import { sessionAnnouncements } from "@calcom/features/auth/server";
import {
  closeExperiments,
  registerMetrics,
  registerSources,
  startExperiments,
  stopExperimentJobs,
} from "@calcom/features/experiments/server";
import { startFlagSchedule, stopFlagSchedule } from "@calcom/features/flags/server";
import { env } from "@calcom/lib/env";
import { routePatterns } from "@calcom/lib/env-of-build";
import { logger } from "@calcom/lib/logger";
import { logSecurity } from "@calcom/lib/security-log";
import { recordDuration } from "@calcom/lib/telemetry";
import { experimentMetrics, experimentSources } from "./experiments.metrics";
import { guardDoor } from "./lib/door/guard-door";
import { leaveOnSignal } from "./lib/serving/leave";
import { stampPeers } from "./lib/serving/peer";
import { RequestWatch } from "./lib/serving/request-watch";
import { createRouteFinder } from "./lib/serving/route-of";

/** Not known, not allowed, and what nothing here has; limits tell of themselves. */
const REFUSED = new Set([401, 403, 405]);
const TOLD_THERE = new Set(["/api/trpc/[trpc]", "/api/auth/[...nextauth]"]);

/** Schedules and unsent events wait for no visitor, and a balancer not for the end of a busy connection. */
export async function startServer(): Promise<void> {
  const { NODE_ENV, KEEP_ALIVE_TIMEOUT, SHUTDOWN_GRACE_MS, NEXTAUTH_URL, EMBED_ROUTES, EMBED_ANCESTORS } =
    env();
  guardDoor({
    isSecure: NEXTAUTH_URL.startsWith("https:"),
    isDevelopment: NODE_ENV === "development",
    embedRoutes: EMBED_ROUTES,
    embedAncestors: EMBED_ANCESTORS,
  });
  stampPeers();
  // `next dev` writes its own lines, and has nobody to wait for.
  if (NODE_ENV === "production") {
    const routeOf = createRouteFinder(routePatterns());
    const watch = new RequestWatch({
      keepAliveMs: KEEP_ALIVE_TIMEOUT,
      onEnd({ url, ...facts }) {
        const route = routeOf(url);
        const { method, status } = facts;
        // Procedures tell of each call, of which several come in one request, and signing in of who failed.
        if (REFUSED.has(status) && !TOLD_THERE.has(route)) logSecurity("refused", { route, method, status });
        logger.info("request", { route, ...facts });
        recordDuration("http.server.request.duration", facts.ms, { route, method, status });
      },
    });
    watch.start();
    leaveOnSignal({
      watch,
      graceMs: SHUTDOWN_GRACE_MS,
      stopJobs: async () => {
        await Promise.all([stopExperimentJobs(), stopFlagSchedule()]);
      },
      close: closeExperiments,
      log: logger,
    });
  }
  registerMetrics(experimentMetrics);
  registerSources(experimentSources);
  await startExperiments({ further: [sessionAnnouncements()] });
  startFlagSchedule();
}
