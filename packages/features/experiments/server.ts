import "server-only";
import { env } from "@calcom/lib/env";
import { createDatabase, type Database, database } from "@calcom/prisma";
import { createExperimentsModule, type ExperimentsModule } from "./create-module";
import type { ExperimentsService } from "./experiments.service";
import type { ExperimentsAdminService } from "./experiments-admin.service";
import { createExperimentTracker } from "./lib/experiment-factory";
import type { Metric } from "./metrics/define-metric";
import { processMetrics } from "./metrics/process-metrics";
import type { PreviewService } from "./preview.service";
import type { ResultsService } from "./results/results.service";
import { createTrackConversion } from "./track-conversion";

export type { AudienceCount, Trial } from "./admin/audience";
export type { AuditEntry, AuditPage, AuditQuery } from "./admin/audit.service";
export type { FlagMigrationPlan } from "./admin/flag-migration.service";
export type { Member } from "./admin/members.repository";
export { EXPERIMENT_ROLES, type ExperimentRole, type Permission, permissionsOf } from "./admin/permissions";
export { createExperimentsModule, type ExperimentsModule, type ModuleParts } from "./create-module";
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
export type { ResultsService } from "./results/results.service";
export type { Verification } from "./results/verify";
export type { TrackConversion, TrackedConversion } from "./track-conversion";

// Next keeps several instances of this module in one process, but there must be one cache, one listener and one outbox.
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
