import "server-only";

// The server's door for a host that brings its own connections. server.ts is this one with a process's own.

export type { AuditEntry, AuditPage, AuditQuery } from "./admin/audit.service";
export type { FlagMigrationPlan } from "./admin/flag-migration.service";
export type { ReportLink } from "./admin/reports.service";
export type { SharedReportsService } from "./admin/shared-reports.service";
export type { AdminServices, ExperimentsAdmin } from "./admin-services";
export { createExperimentsHandler, type HandlerParts } from "./create-handler";
export { createExperimentsModule, type ExperimentsModule, type ModuleParts } from "./create-module";
export type { JobsRun } from "./jobs.service";
export { defineMetric, type Metric, type MetricDefinition } from "./metrics/define-metric";
export { defineSource, type Source, type SourceDefinition } from "./metrics/define-source";
export { type AdminProcedures, createAdminProcedures } from "./procedures/admin-procedures";
export {
  type AnyProcedure,
  isProcedure,
  type Mutation,
  type Procedure,
  type Procedures,
  type Query,
} from "./procedures/procedure";
export { createStatements, createVerification } from "./results/recount/create-results";
export type { ResultsService } from "./results/recount/results.service";
export { tellVerification } from "./results/recount/tell-verification";
export type { Verification } from "./results/recount/verify";
export type { Actor } from "./serve/access.service";
export type { FurtherChannel } from "./serve/config/ports";
export type { CreditOptions } from "./serve/credit-options";
export type { ExperimentsService } from "./serve/experiments.service";
export { type IdentitySource, identify } from "./serve/identify";
export type { Identity, NamedSubject } from "./serve/identity";
export type { Member } from "./serve/members.repository";
export { needsOwnVisitor } from "./serve/own-visitor";
export type {
  EnteredPreview,
  PreviewChoice,
  PreviewRefusal,
  PreviewService,
  Viewer,
} from "./serve/preview.service";
export type { PreviewLinks } from "./serve/preview-link.service";
export type { StoredPreviewLink } from "./serve/preview-links.repository";
export type { ServerConversion } from "./serve/server-conversion";
export type { DecisionRequest } from "./serve/subject";
export {
  createTrackConversion,
  type TrackConversion,
  type TrackedConversion,
} from "./serve/track-conversion";
export { type CallerTransaction, isTransaction } from "./sql/caller-transaction";
export type { AudienceCount, Trial } from "./types/audience";
export { ExperimentError } from "./types/errors";
export type { HostId, IdType, IdTypes } from "./types/host-id";
export { EXPERIMENT_ROLES, type ExperimentRole } from "./types/roles";
export type { Overrides } from "./utils/overrides";
export { type Permission, permissionsOf } from "./utils/permissions";
