import "server-only";
import { env } from "@calcom/lib/env";
import { outsideRequest } from "@calcom/lib/outside-request";
import { createDatabase, type Database, database } from "@calcom/prisma";
import { createExperimentsModule, type ExperimentsModule } from "./create-module";
import type { ExperimentsAdminService } from "./experiments-admin.service";
import { createExperimentTracker } from "./lib/experiment-factory";
import type { Metric } from "./metrics/define-metric";
import { processMetrics } from "./metrics/process-metrics";
import type { ResultsService } from "./results/recount/results.service";
import type { ExperimentsService } from "./serve/experiments.service";
import type { PreviewService } from "./serve/preview.service";
import { createTrackConversion } from "./serve/track-conversion";

export type { AuditEntry, AuditPage, AuditQuery } from "./admin/audit.service";
export type { FlagMigrationPlan } from "./admin/flag-migration.service";
export { createExperimentsModule, type ExperimentsModule, type ModuleParts } from "./create-module";
export type { Actor, ExperimentsAdminService } from "./experiments-admin.service";
export { defineMetric, type Metric, type MetricDefinition } from "./metrics/define-metric";
export { createStatements, createVerification } from "./results/recount/create-results";
export type { ResultsService } from "./results/recount/results.service";
export type { Verification } from "./results/recount/verify";
export type { CreditOptions } from "./serve/crediting.service";
export type { ExperimentsService } from "./serve/experiments.service";
export type { Identity, NamedSubject } from "./serve/identity";
export type { Member } from "./serve/members.repository";
export type {
  EnteredPreview,
  PreviewChoice,
  PreviewRefusal,
  PreviewService,
  Viewer,
} from "./serve/preview.service";
export type { PreviewLinks } from "./serve/preview-link.service";
export type { ServerConversion } from "./serve/server-conversion";
export type { DecisionRequest } from "./serve/subject";
export type { TrackConversion, TrackedConversion } from "./serve/track-conversion";
export { type CallerTransaction, isTransaction } from "./sql/caller-transaction";
export type { AudienceCount, Trial } from "./types/audience";
export { ExperimentError } from "./types/errors";
export type { Overrides } from "./utils/overrides";
export { EXPERIMENT_ROLES, type ExperimentRole, type Permission, permissionsOf } from "./utils/permissions";

// Next keeps several instances of this module in one process, but there must be one cache, one listener and one outbox.
const shared = globalThis as typeof globalThis & { calcomExperiments?: ExperimentsModule };

function processModule(): ExperimentsModule {
  if (shared.calcomExperiments === undefined) {
    // The first request asks for it, and it outlives that request.
    shared.calcomExperiments = outsideRequest(startModule);
  }
  return shared.calcomExperiments;
}

function startModule(): ExperimentsModule {
  const module = createExperimentsModule({
    database: database(),
    tracker: createExperimentTracker({ key: env().POSTHOG_KEY, host: env().POSTHOG_HOST }),
    replica: replicaOf(env().DATABASE_REPLICA_URL),
    decisionBudgetMs: env().DECISION_BUDGET_MS,
  });
  module.startJobs();
  return module;
}

/** The experiments of this process, for pages, routes and jobs. */
export function experiments(): ExperimentsService {
  return processModule().experiments;
}

/** The administration of experiments. */
export function experimentsAdmin(): ExperimentsAdminService {
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

/** Two connections are enough: one recount runs at a time. */
function replicaOf(connectionString: string | undefined): Database | undefined {
  return connectionString === undefined ? undefined : createDatabase({ connectionString, max: 2 });
}

/** Previews, for people who do not take part. */
export function experimentPreviews(): PreviewService {
  return processModule().previews;
}

/** Reports a conversion from server code, by itself or as part of a transaction. */
export const trackConversion = createTrackConversion(experiments);
