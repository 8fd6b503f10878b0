import "server-only";
import { env } from "@calcom/lib/env";
import { buildName } from "@calcom/lib/env-of-build";
import { outsideRequest } from "@calcom/lib/outside-request";
import { secretsFrom } from "@calcom/lib/secrets";
import { logSilence } from "@calcom/lib/watched-pool";
import { closeDatabase, createDatabase, type Database, database } from "@calcom/prisma";
import type { SharedReportsService } from "./admin/shared-reports.service";
import type { ExperimentsAdmin } from "./admin-services";
import { createExperimentsModule, type ExperimentsModule } from "./create-module";
import type { JobsRun } from "./jobs.service";
import { createExperimentTracker } from "./lib/experiment-factory";
import type { Metric } from "./metrics/define-metric";
import type { Source } from "./metrics/define-source";
import { processMetrics } from "./metrics/process-metrics";
import { createAdminProcedures } from "./procedures/admin-procedures";
import type { ResultsService } from "./results/recount/results.service";
import type { FurtherChannel } from "./serve/config/ports";
import type { ExperimentsService } from "./serve/experiments.service";
import type { PreviewService } from "./serve/preview.service";
import { createTrackConversion } from "./serve/track-conversion";

export * from "./module";

interface Opened {
  module: ExperimentsModule;
  isNode: boolean;
}

// Next keeps several instances of this module in one process, but there must be one cache, one listener and one outbox.
const shared = globalThis as typeof globalThis & { calcomExperiments?: Opened | undefined };

const previews = {
  secrets: () => secretsFrom(env().PREVIEW_SECRET, env().PREVIEW_SECRET_PREVIOUS),
  isOpen: () => env().NODE_ENV === "development",
};

function processModule(): ExperimentsModule {
  // The first call may come from a request, and the module outlives that request.
  shared.calcomExperiments ??= outsideRequest(() => ({
    module: createExperimentsModule({
      database: database(),
      isJob: true,
      build: buildName() ?? "job",
      previews,
    }),
    isNode: false,
  }));
  return shared.calcomExperiments.module;
}

/**
 * Makes this process a node: it hears of changes as they happen, carries out schedules, counts results and sends events.
 * A server calls it once, when it starts. Without it the process is a job.
 *
 * @param further channels of the host's, heard on the connection that this module listens with
 */
export async function startExperiments({ further = [] }: { further?: FurtherChannel[] } = {}): Promise<void> {
  if (shared.calcomExperiments?.isNode) return;
  const before = shared.calcomExperiments;
  const { POSTHOG_KEY, POSTHOG_HOST, DATABASE_DIRECT_URL, DATABASE_REPLICA_URL, DECISION_BUDGET_MS } = env();
  const module = createExperimentsModule({
    database: database(),
    tracker: createExperimentTracker({ key: POSTHOG_KEY, host: POSTHOG_HOST }),
    direct: openFurther("direct", DATABASE_DIRECT_URL, 1),
    // One recount runs at a time, and takes two.
    replica: openFurther("replica", DATABASE_REPLICA_URL, 2),
    decisionBudgetMs: DECISION_BUDGET_MS,
    previews,
    build: buildName(),
    further,
  });
  shared.calcomExperiments = { module, isNode: true };
  module.startJobs();
  await before?.module.close();
}

/** Ends the jobs of this node before it leaves, so that others need not wait for their leases to run out. */
export async function stopExperimentJobs(): Promise<void> {
  await shared.calcomExperiments?.module.stopJobs();
}

/** Resolves as soon as this process can decide: its configurations are in memory. */
export function loadExperiments(): Promise<void> {
  return processModule().load();
}

/**
 * Finishes what is under way and closes what was opened, the process's database included. A job calls it at its end.
 * Whatever is used afterwards is opened again.
 */
export async function closeExperiments(): Promise<void> {
  const opened = shared.calcomExperiments;
  shared.calcomExperiments = undefined;
  await opened?.module.close();
  await closeDatabase();
}

/** Runs the schedule, the recounts and the sender once, for a host that freezes processes between requests. */
export function runExperimentJobs(): Promise<JobsRun> {
  return processModule().jobs.run();
}

/** The experiments of this process, for pages, routes and jobs. */
export function experiments(): ExperimentsService {
  return processModule().experiments;
}

/** The administration of experiments. */
export function experimentsAdmin(): ExperimentsAdmin {
  return processModule().admin;
}

/** The results of experiments. */
export function experimentResults(): ResultsService {
  return processModule().results;
}

/** Registers metrics; the host does so when it starts. */
export function registerMetrics(metrics: readonly Metric[]): void {
  processMetrics().register(metrics);
}

/** Registers the sources from which people make metrics of their own. */
export function registerSources(sources: readonly Source[]): void {
  processMetrics().registerSources(sources);
}

function openFurther(which: string, connectionString: string | undefined, max: number): Database | undefined {
  if (connectionString === undefined) return undefined;
  return createDatabase({ connectionString, max, onSilence: logSilence(which) });
}

/** Reports that a link opens, without an account. */
export function sharedReports(): SharedReportsService {
  return processModule().sharedReports;
}

/** Previews: variants that somebody looks at without taking part. */
export function experimentPreviews(): PreviewService {
  return processModule().previews;
}

/** Reports a conversion from server code, by itself or as part of a transaction. */
export const trackConversion = createTrackConversion(experiments);

/** The procedures of the administration, over the module of this process. */
export const adminProcedures = createAdminProcedures({
  admin: experimentsAdmin,
  results: experimentResults,
  previews: experimentPreviews,
});
