import "server-only";
import { env } from "@calcom/lib/env";
import { logger } from "@calcom/lib/logger";
import { createDatabase, type Database, database } from "@calcom/prisma";
import { AudienceRepository } from "./admin/audience.repository";
import { AuditRepository } from "./admin/audit.repository";
import { FlagMigrationRepository } from "./admin/flag-migration.repository";
import { MembersRepository } from "./admin/members.repository";
import { AssignmentsRepository } from "./assignments.repository";
import type { CreditOptions } from "./crediting.service";
import { CreditsRepository } from "./credits.repository";
import { EventsRepository } from "./events.repository";
import { ExperimentsRepository } from "./experiments.repository";
import { ExperimentsService } from "./experiments.service";
import { createExperimentsAdmin, type ExperimentsAdminService } from "./experiments-admin.service";
import { FactsRepository } from "./facts.repository";
import { createExperimentTracker } from "./lib/experiment-factory";
import type { CallerTransaction } from "./lib/server/caller-transaction";
import { PostgresChangeFeed } from "./lib/server/change-feed";
import { ConfigCache } from "./lib/server/config-cache";
import { createEnrolmentLimiter, type EnrolmentLimiter } from "./lib/server/enrolment-limiter";
import { EventOutbox } from "./lib/server/event-outbox";
import { createResultsRefresher } from "./lib/server/results-refresher";
import type { ServerConversion } from "./lib/server/server-conversion";
import { Timer } from "./lib/server/timer";
import type { ExperimentTracker } from "./lib/tracker";
import type { Metric } from "./metrics/define-metric";
import { processMetrics } from "./metrics/process-metrics";
import type { MetricRegistry } from "./metrics/registry";
import { PlanningRepository } from "./planning/planning.repository";
import { PreviewService } from "./preview.service";
import { PreviewLinkService } from "./preview-link.service";
import { RecordingsRepository } from "./recordings.repository";
import { createResults } from "./results/create-results";
import { RecountRepository } from "./results/recount.repository";
import type { ResultsService } from "./results/results.service";
import type { VerifyService } from "./results/verify.service";
import { StatsRepository } from "./stats.repository";

export type { AudienceCount, Trial } from "./admin/audience";
export type { AuditEntry, AuditPage, AuditQuery } from "./admin/audit.service";
export type { FlagMigrationPlan } from "./admin/flag-migration.service";
export type { Member } from "./admin/members.repository";
export { EXPERIMENT_ROLES, type ExperimentRole, type Permission, permissionsOf } from "./admin/permissions";
export type { CreditOptions } from "./crediting.service";
export { ExperimentError } from "./errors";
export type { DecisionRequest, ExperimentsService, Overrides } from "./experiments.service";
export type { Actor, ExperimentsAdminService } from "./experiments-admin.service";
export { type CallerTransaction, isTransaction } from "./lib/server/caller-transaction";
export type { Identity, NamedSubject } from "./lib/server/identity";
export type { ServerConversion } from "./lib/server/server-conversion";
export { defineMetric, type Metric, type MetricDefinition } from "./metrics/define-metric";
export type {
  EnteredPreview,
  PreviewChoice,
  PreviewRefusal,
  PreviewService,
  Viewer,
} from "./preview.service";
export type { PreviewLinks } from "./preview-link.service";

export { createVerification } from "./results/create-results";
export type { Verification } from "./results/verify";

export interface ExperimentsModule {
  experiments: ExperimentsService;
  admin: ExperimentsAdminService;
  previews: PreviewService;
  results: ResultsService;
  verification: VerifyService;
  /** Begins what a node does by itself: carrying out the schedule. */
  startJobs(): void;
  close(): Promise<void>;
}

export interface ModuleParts {
  database: Database;
  tracker: ExperimentTracker;
  /** Where results are read, if not from `database`. Closed together with the module. */
  replica?: Database | undefined;
  limiter?: EnrolmentLimiter;
  /** Those of the process where absent. */
  metrics?: MetricRegistry;
}

/** How late a scheduled step may be. */
const SCHEDULE_MS = 10_000;

/** Joins repositories, tracker, clock and randomness: the one place that knows all of them. */
export function createExperimentsModule(parts: ModuleParts): ExperimentsModule {
  const { pool } = parts.database;
  const repository = new ExperimentsRepository(pool);
  const configs = new ConfigCache(repository, new PostgresChangeFeed(pool), logger);
  const outbox = new EventOutbox(new EventsRepository(pool), parts.tracker, logger);
  outbox.start();
  const metrics = parts.metrics ?? processMetrics();
  const { results, verification } = createResults({
    pool,
    replica: parts.replica?.pool,
    experiments: repository,
    metrics,
    authorize: (actor, permission) => admin.authorize(actor, permission),
  });
  const admin = createExperimentsAdmin({
    experiments: repository,
    members: new MembersRepository(pool),
    audit: new AuditRepository(pool),
    stats: new StatsRepository(pool),
    audience: new AudienceRepository(pool),
    flagMigrations: new FlagMigrationRepository(pool),
    facts: new FactsRepository(pool),
    assignments: new AssignmentsRepository(pool),
    planning: new PlanningRepository(parts.replica?.pool ?? pool),
    recounts: new RecountRepository(parts.replica?.pool ?? pool),
    metrics,
    refresh: (slugs) => configs.refresh(slugs),
    concluded: (slug) => results.settle(slug, logger),
    clock: () => new Date(),
    log: logger,
  });
  const schedule = new Timer(admin.runSchedule, SCHEDULE_MS);
  const refresher = createResultsRefresher(results, logger);
  return {
    experiments: new ExperimentsService({
      configs,
      assignments: new AssignmentsRepository(pool),
      recordings: new RecordingsRepository(pool),
      credits: new CreditsRepository(pool),
      facts: new FactsRepository(pool),
      limiter: parts.limiter ?? createEnrolmentLimiter(),
      outbox,
      clock: Date.now,
      random: randomUint32,
      log: logger,
    }),
    admin,
    previews: createPreviews(configs, admin),
    results,
    verification,
    startJobs() {
      schedule.start();
      refresher.start();
    },
    async close() {
      await Promise.all([schedule.close(), refresher.close()]);
      await parts.replica?.close();
      await outbox.close();
      await configs.close();
    },
  };
}

// Next keeps several instances of this module in one process; there shall be one cache, one listener, one outbox.
const shared = globalThis as typeof globalThis & { calcomExperiments?: ExperimentsModule };

function processModule(): ExperimentsModule {
  if (shared.calcomExperiments === undefined) {
    shared.calcomExperiments = createExperimentsModule({
      database: database(),
      tracker: createExperimentTracker({ key: env().POSTHOG_KEY, host: env().POSTHOG_HOST }),
      replica: replicaOf(env().DATABASE_REPLICA_URL),
    });
    shared.calcomExperiments.startJobs();
  }
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

/** What they have come to. */
export function experimentResults(): ResultsService {
  return processModule().results;
}

/** Adds to what experiments can measure; the host does so when it starts. */
export function registerMetrics(metrics: readonly Metric[]): void {
  processMetrics().register(metrics);
}

/** Two connections: one recount runs at a time. */
function replicaOf(connectionString: string | undefined): Database | undefined {
  return connectionString === undefined ? undefined : createDatabase({ connectionString, max: 2 });
}

/** What is shown to whoever does not take part. */
export function experimentPreviews(): PreviewService {
  return processModule().previews;
}

function createPreviews(configs: ConfigCache, { authorize, get: detail }: ExperimentsAdminService) {
  const signing = { authorize, secret: () => env().PREVIEW_SECRET, clock: Date.now };
  return new PreviewService({
    ...signing,
    configs,
    links: new PreviewLinkService({ ...signing, detail }),
    log: logger,
    isOpen: () => env().NODE_ENV === "development",
  });
}

export type TrackedConversion = string | ServerConversion;
type TrackArguments =
  | [conversion: TrackedConversion, options: CreditOptions]
  | [tx: CallerTransaction, conversion: TrackedConversion, options: CreditOptions];

/**
 * Reports from server code what a subject did, with every experiment that the subject is in. Answers in how many of
 * them it was new.
 *
 * @throws ExperimentError `invalid_conversion`, `claim_refused`; `unavailable` where it should be reported again
 */
export function trackConversion(
  conversion: TrackedConversion,
  options: CreditOptions,
): Promise<{ recorded: number }>;
/**
 * The same as part of a transaction, of Prisma or of one pg client: there with its commit, gone with its rollback. It
 * waits a second at most and never rejects; what goes wrong is undone to where it began, and one line in the log.
 */
export function trackConversion(
  tx: CallerTransaction,
  conversion: TrackedConversion,
  options: CreditOptions,
): Promise<{ recorded: number }>;
export async function trackConversion(...given: TrackArguments): Promise<{ recorded: number }> {
  if (given.length === 2) return experiments().trackConversion(...given);
  try {
    return await experiments().trackConversionWithin(...given);
  } catch (error) {
    // A process that is set up wrongly is no reason to lose the caller's transaction either.
    logger.error("A conversion was not recorded: the experiments did not start.", { error });
    return { recorded: 0 };
  }
}

function randomUint32(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] as number;
}
