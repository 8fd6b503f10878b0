import "server-only";
import { env } from "@calcom/lib/env";
import { logger } from "@calcom/lib/logger";
import { Timer } from "@calcom/lib/timer";
import { AudienceRepository } from "./admin/audience.repository";
import { AuditRepository } from "./admin/audit.repository";
import { ExperimentChangesRepository } from "./admin/experiment-changes.repository";
import { FlagMigrationRepository } from "./admin/flag-migration.repository";
import { PlanningRepository } from "./admin/planning/planning.repository";
import { ScheduleRepository } from "./admin/schedule.repository";
import { ExperimentsRepository } from "./experiments.repository";
import { createExperimentsAdmin, type ExperimentsAdminService } from "./experiments-admin.service";
import { JobsService } from "./jobs.service";
import { type ExperimentTracker, noTracker } from "./lib/tracker";
import { processMetrics } from "./metrics/process-metrics";
import type { MetricRegistry } from "./metrics/registry";
import { createResults } from "./results/recount/create-results";
import { RecountRepository } from "./results/recount/recount.repository";
import type { RecountService } from "./results/recount/recount.service";
import type { ResultsService } from "./results/recount/results.service";
import { createResultsRefresher } from "./results/recount/results-refresher";
import type { VerifyService } from "./results/recount/verify.service";
import { AssignmentsRepository } from "./serve/assignments.repository";
import { PostgresChangeFeed } from "./serve/config/change-feed";
import { ConfigCache } from "./serve/config/config-cache";
import { ExperimentConfigsRepository } from "./serve/config/experiment-configs.repository";
import { CreditsRepository } from "./serve/credits.repository";
import { createEnrolmentLimiter, type EnrolmentLimiter } from "./serve/enrolment-limiter";
import { EventOutbox } from "./serve/events/event-outbox";
import { EventsRepository } from "./serve/events/events.repository";
import { createExperiments, type ExperimentsService } from "./serve/experiments.service";
import { FactsRepository } from "./serve/facts.repository";
import { MembersRepository } from "./serve/members.repository";
import { MembershipsRepository } from "./serve/memberships.repository";
import { observeExperiments } from "./serve/observed";
import { PreviewService } from "./serve/preview.service";
import { PreviewLinkService } from "./serve/preview-link.service";
import { RecordingsRepository } from "./serve/recordings.repository";
import { VisitorLinksRepository } from "./serve/visitor-links.repository";
import type { Pool } from "./sql/runner";

export interface ExperimentsModule {
  experiments: ExperimentsService;
  admin: ExperimentsAdminService;
  previews: PreviewService;
  results: ResultsService;
  recounts: RecountService;
  verification: VerifyService;
  /** What the jobs do, once. */
  jobs: JobsService;
  /** Resolves as soon as configurations are in memory; rejects where they cannot be read. */
  load(): Promise<void>;
  /** Starts the jobs that a node runs by itself: schedules and recounts. */
  startJobs(): void;
  /** Finishes what jobs and sender have under way, and gives the lease back. Requests are served all the same. */
  stopJobs(): Promise<void>;
  close(): Promise<void>;
}

export interface ModuleParts {
  database: { pool: Pool };
  /** Receives the events. Without a tracker none are sent. */
  tracker?: ExperimentTracker;
  /**
   * A direct connection to `database` on which changes are heard, where a pooler stands before it. It is closed together
   * with the module.
   */
  direct?: { pool: Pool; close(): Promise<void> } | undefined;
  /**
   * True for a job, which ends. It neither listens nor works in the background: it looks for changes when it is asked,
   * and other nodes send its events.
   */
  isJob?: boolean;
  /** The database from which results are read, if not `database`. It is closed together with the module. */
  replica?: { pool: Pool; close(): Promise<void> } | undefined;
  limiter?: EnrolmentLimiter;
  /** The most that a decision may take, in milliseconds; past it, control is shown. */
  decisionBudgetMs?: number;
  /** The metrics of the process by default. */
  metrics?: MetricRegistry;
}

const DECISION_BUDGET_MS = 200;
/** The most by which a scheduled step may be late. */
const SCHEDULE_MS = 10_000;

/** Joins repositories, tracker, clock and randomness: the one place that knows all of them. */
export function createExperimentsModule(parts: ModuleParts): ExperimentsModule {
  const { pool } = parts.database;
  const stored = new ExperimentConfigsRepository(pool);
  const experiments = new ExperimentsRepository(pool);
  const facts = new FactsRepository(pool);
  const assignments = new AssignmentsRepository(pool);
  const { isJob = false, direct } = parts;
  const feed = isJob ? null : new PostgresChangeFeed(direct?.pool ?? pool, pool);
  const configs = new ConfigCache(stored, feed, logger);
  const tracker = isJob ? noTracker : (parts.tracker ?? noTracker);
  const outbox = new EventOutbox(new EventsRepository(pool), tracker, logger);
  outbox.start();
  const metrics = parts.metrics ?? processMetrics();
  const { results, recounts, counts, verification } = createResults({
    pool,
    replica: parts.replica?.pool,
    configs: stored,
    experiments,
    metrics,
    authorize: (actor, permission) => admin.authorize(actor, permission),
  });
  const admin = createExperimentsAdmin({
    experiments,
    configs: stored,
    changes: new ExperimentChangesRepository(pool),
    schedule: new ScheduleRepository(pool),
    members: new MembersRepository(pool),
    audit: new AuditRepository(pool),
    counts,
    audience: new AudienceRepository(pool),
    flagMigrations: new FlagMigrationRepository(pool),
    facts,
    assignments,
    planning: new PlanningRepository(parts.replica?.pool ?? pool),
    recounts: new RecountRepository(parts.replica?.pool ?? pool),
    metrics,
    refresh: (slugs) => configs.refresh(slugs),
    concluded: (slug) => recounts.settle(slug, logger),
    clock: () => new Date(),
    log: logger,
  });
  const schedule = new Timer(admin.runSchedule, SCHEDULE_MS);
  const refresher = createResultsRefresher(recounts, logger);
  const stopJobs = async () => {
    await Promise.all([schedule.close(), refresher.close(), outbox.close()]);
  };
  return {
    experiments: observeExperiments(
      createExperiments({
        configs,
        assignments,
        memberships: new MembershipsRepository(pool),
        recordings: new RecordingsRepository(pool),
        visitorLinks: new VisitorLinksRepository(pool),
        credits: new CreditsRepository(pool),
        facts,
        limiter: parts.limiter ?? createEnrolmentLimiter(),
        budgetMs: parts.decisionBudgetMs ?? DECISION_BUDGET_MS,
        outbox,
        clock: Date.now,
        random: randomUint32,
        log: logger,
      }),
    ),
    admin,
    previews: createPreviews(configs, admin),
    results,
    recounts,
    verification,
    jobs: new JobsService({ pool, runSchedule: admin.runSchedule, recounts, outbox, log: logger }),
    async load() {
      await configs.stamp();
    },
    startJobs() {
      schedule.start();
      refresher.start();
    },
    stopJobs,
    async close() {
      await stopJobs();
      await configs.close();
      await Promise.all([parts.replica?.close(), direct?.close()]);
    },
  };
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

function randomUint32(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] as number;
}
