import "server-only";
import { env } from "@calcom/lib/env";
import { logger } from "@calcom/lib/logger";
import { type Database, database } from "@calcom/prisma";
import { requireAdmin } from "../auth/server";
import { AssignmentsRepository } from "./assignments.repository";
import { EventsRepository } from "./events.repository";
import { ExperimentsRepository } from "./experiments.repository";
import { ExperimentsService } from "./experiments.service";
import { ExperimentsAdminService } from "./experiments-admin.service";
import { FactsRepository } from "./facts.repository";
import { createExperimentTracker } from "./lib/experiment-factory";
import { PostgresChangeFeed } from "./lib/server/change-feed";
import { ConfigCache } from "./lib/server/config-cache";
import { createEnrolmentLimiter, type EnrolmentLimiter } from "./lib/server/enrolment-limiter";
import { EventOutbox } from "./lib/server/event-outbox";
import type { ExperimentTracker } from "./lib/tracker";
import { RecordingsRepository } from "./recordings.repository";
import { StatsRepository } from "./stats.repository";

export { ExperimentError } from "./errors";
export type { DecisionRequest, ExperimentsService, Overrides } from "./experiments.service";
export type { Actor, ExperimentsAdminService } from "./experiments-admin.service";
export type { Identity, NamedSubject } from "./lib/server/identity";

export interface ExperimentsModule {
  experiments: ExperimentsService;
  admin: ExperimentsAdminService;
  close(): Promise<void>;
}

export interface ModuleParts {
  database: Database;
  tracker: ExperimentTracker;
  requireAdmin: (userId: number | null) => Promise<unknown>;
  limiter?: EnrolmentLimiter;
}

/** Joins repositories, tracker, clock and randomness: the one place that knows all of them. */
export function createExperimentsModule(parts: ModuleParts): ExperimentsModule {
  const { pool } = parts.database;
  const repository = new ExperimentsRepository(pool);
  const configs = new ConfigCache(repository, new PostgresChangeFeed(pool), logger);
  const outbox = new EventOutbox(new EventsRepository(pool), parts.tracker, logger);
  outbox.start();
  return {
    experiments: new ExperimentsService({
      configs,
      assignments: new AssignmentsRepository(pool),
      recordings: new RecordingsRepository(pool),
      facts: new FactsRepository(pool),
      limiter: parts.limiter ?? createEnrolmentLimiter(),
      outbox,
      clock: Date.now,
      random: randomUint32,
      log: logger,
    }),
    admin: new ExperimentsAdminService({
      experiments: repository,
      stats: new StatsRepository(pool),
      refresh: (slugs) => configs.refresh(slugs),
      requireAdmin: parts.requireAdmin,
      clock: () => new Date(),
    }),
    async close() {
      await outbox.close();
      await configs.close();
    },
  };
}

// Next keeps several instances of this module in one process; there shall be one cache, one listener, one outbox.
const shared = globalThis as typeof globalThis & { calcomExperiments?: ExperimentsModule };

function processModule(): ExperimentsModule {
  shared.calcomExperiments ??= createExperimentsModule({
    database: database(),
    tracker: createExperimentTracker({ key: env().POSTHOG_KEY, host: env().POSTHOG_HOST }),
    requireAdmin,
  });
  return shared.calcomExperiments;
}

/** The experiments of this process, for pages, routes and jobs. */
export function experiments(): ExperimentsService {
  return processModule().experiments;
}

/** Their administration. */
export function experimentsAdmin(): ExperimentsAdminService {
  return processModule().admin;
}

function randomUint32(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] as number;
}
