import "server-only";
import { logger } from "@calcom/lib/logger";
import { Timer } from "@calcom/lib/timer";
import type { ScheduleService } from "./admin/schedule.service";
import type { SharedReportsService } from "./admin/shared-reports.service";
import type { ExperimentsAdmin } from "./admin-services";
import { createExperimentsAdmin } from "./create-admin";
import { createPreviews, type PreviewSettings } from "./create-previews";
import { createServing } from "./create-serving";
import { ExperimentsRepository } from "./experiments.repository";
import { JobsService } from "./jobs.service";
import { EventOutbox } from "./lib/server/event-outbox";
import { EventsRepository } from "./lib/server/events.repository";
import { type ExperimentTracker, noTracker } from "./lib/tracker";
import { processMetrics } from "./metrics/process-metrics";
import type { MetricRegistry } from "./metrics/registry";
import { createResults } from "./results/recount/create-results";
import { logFaultyMetrics } from "./results/recount/log-faulty-metrics";
import type { RecountService } from "./results/recount/recount.service";
import type { ResultsService } from "./results/recount/results.service";
import { createResultsRefresher } from "./results/recount/results-refresher";
import type { VerifyService } from "./results/recount/verify.service";
import { AccessService } from "./serve/access.service";
import { AskCounter } from "./serve/ask-counter";
import { AsksRepository } from "./serve/asks.repository";
import { AssignmentsRepository } from "./serve/assignments.repository";
import { AskableConfigsRepository } from "./serve/config/askable-configs.repository";
import { PostgresChangeFeed } from "./serve/config/change-feed";
import { ConfigCache } from "./serve/config/config-cache";
import { ExperimentConfigsRepository } from "./serve/config/experiment-configs.repository";
import type { FurtherChannel } from "./serve/config/ports";
import { createEnrolmentLimiter, type EnrolmentLimiter } from "./serve/enrolment-limiter";
import type { ExperimentsService } from "./serve/experiments.service";
import { FactsRepository } from "./serve/facts.repository";
import { MembersRepository } from "./serve/members.repository";
import type { PreviewService } from "./serve/preview.service";
import { ProvisionalRowsRepository } from "./serve/provisional-rows.repository";
import { RefusedReportsCounter } from "./serve/refused-reports";
import { announcementsFor, RowMemory } from "./serve/row-memory";
import { createSweeper } from "./serve/sweep-provisional";
import type { Pool } from "./sql/runner";
import { type IdTypes, INTEGER_IDS } from "./types/host-id";
import { createHostIds } from "./utils/host-ids";

export interface ExperimentsModule {
  experiments: ExperimentsService;
  admin: ExperimentsAdmin;
  /** Checks no permission, since only the timer of a node calls it. */
  schedule: ScheduleService;
  previews: PreviewService;
  sharedReports: SharedReportsService;
  results: ResultsService;
  recounts: RecountService;
  verification: VerifyService;
  /** Runs once what the background jobs do. */
  jobs: JobsService;
  /** Resolves as soon as configurations are in memory; rejects where they cannot be read. */
  load(): Promise<void>;
  /** Starts the jobs that a node runs by itself: schedules, recounts and sweeping. */
  startJobs(): void;
  /** Finishes what jobs and sender have under way, and gives the lease back. Requests are served all the same. */
  stopJobs(): Promise<void>;
  close(): Promise<void>;
}

export interface ModuleParts {
  database: { pool: Pool };
  /** Where the module's tables are, if a caller's own transaction does not have that on its search path. */
  schema?: string;
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
  /** Further channels that this node listens to on the same connection. */
  further?: FurtherChannel[];
  /** The name of the application's build. If it is given, the module records which experiments that build asks for. */
  build?: string | null | undefined;
  /** The secrets that sign previews, and whether previews are open to everybody. */
  previews?: PreviewSettings;
  /** The types of the ids of your users and teams, as in the module's SQL; integers by default. */
  ids?: Partial<IdTypes>;
  /** The metrics of the process by default. */
  metrics?: MetricRegistry;
}

const DECISION_BUDGET_MS = 100;
/** A job may wait longer: nobody waits for its answers, and its first decision has to open connections. */
const JOB_BUDGET_MS = 10_000;
/** The most by which a scheduled step may be late. */
const SCHEDULE_MS = 10_000;
/** How long at most until it is recorded that code has asked for an experiment. */
const NOTED_MS = 60_000;

/** Joins repositories, tracker, clock and randomness: the one place that knows all of them. */
export function createExperimentsModule(parts: ModuleParts): ExperimentsModule {
  const { pool } = parts.database;
  const stored = new ExperimentConfigsRepository(pool);
  const experiments = new ExperimentsRepository(pool);
  const facts = new FactsRepository(pool);
  const assignments = new AssignmentsRepository(pool);
  const provisional = new ProvisionalRowsRepository(pool);
  const { isJob = false, direct } = parts;
  const memory = new RowMemory();
  const further = [announcementsFor(memory), ...(parts.further ?? [])];
  const feed = isJob ? null : new PostgresChangeFeed(direct?.pool ?? pool, pool, further);
  const configs = new ConfigCache(new AskableConfigsRepository(pool), feed, logger);
  const tracker = isJob ? noTracker : (parts.tracker ?? noTracker);
  const outbox = new EventOutbox(new EventsRepository(pool), tracker, logger);
  outbox.start();
  const metrics = parts.metrics ?? processMetrics();
  const asks = new AsksRepository(pool);
  const counter = new AskCounter({ asks, build: parts.build ?? null, log: logger });
  const refused = new RefusedReportsCounter({ isKnown: (slug) => configs.knows(slug), clock: Date.now });
  const ids = createHostIds({ ...INTEGER_IDS, ...parts.ids });
  const access = new AccessService(new MembersRepository(pool), ids);
  const shared = { pool, replica: parts.replica?.pool, access, experiments, configs: stored, metrics, ids };
  const { results, recounts, counts, events, verification, trials, readable } = createResults({
    ...shared,
    log: logger,
  });
  const { admin, schedule, sharedReports } = createExperimentsAdmin({
    ...shared,
    facts,
    assignments,
    asks,
    refused,
    counts,
    events,
    live: configs,
    trials,
    readable,
    refresh: (slugs) => configs.refresh(slugs),
    settle: (slug) => recounts.settle(slug, logger),
    clock: () => new Date(),
    log: logger,
  });
  const timer = new Timer(() => schedule.runDue(), SCHEDULE_MS);
  const refresher = createResultsRefresher(recounts, logger);
  const noting = new Timer(() => counter.flush(), NOTED_MS);
  const sweeper = createSweeper(provisional, logger);
  const stopJobs = async () => {
    await Promise.all([timer, refresher, sweeper, outbox, noting].map((job) => job.close()));
    await counter.flush();
  };
  return {
    experiments: createServing({
      pool,
      schema: parts.schema ?? null,
      asks: counter,
      configs,
      assignments,
      provisional,
      facts,
      memory,
      outbox,
      refused,
      ids,
      limiter: parts.limiter ?? createEnrolmentLimiter(),
      budgetMs: isJob ? JOB_BUDGET_MS : (parts.decisionBudgetMs ?? DECISION_BUDGET_MS),
    }),
    admin,
    schedule,
    previews: createPreviews(pool, configs, admin, parts.previews),
    sharedReports,
    results,
    recounts,
    verification,
    jobs: new JobsService({ pool, schedule, recounts, provisional, outbox, asks: counter, log: logger }),
    async load() {
      await configs.stamp();
    },
    startJobs() {
      timer.start();
      refresher.start();
      sweeper.start();
      noting.start();
      void logFaultyMetrics(trials, logger);
    },
    stopJobs,
    async close() {
      await stopJobs();
      await configs.close();
      await Promise.all([parts.replica?.close(), direct?.close()]);
    },
  };
}
