import type { AudienceRepository } from "./admin/audience.repository";
import { AudienceService } from "./admin/audience.service";
import type { AuditRepository } from "./admin/audit.repository";
import { AuditService } from "./admin/audit.service";
import { CatalogService } from "./admin/catalog.service";
import { EditingService } from "./admin/editing.service";
import type { ExperimentChangesRepository } from "./admin/experiment-changes.repository";
import type { FlagMigrationRepository } from "./admin/flag-migration.repository";
import { FlagMigrationService } from "./admin/flag-migration.service";
import { LifecycleService } from "./admin/lifecycle.service";
import type { PlanningRepository } from "./admin/planning/planning.repository";
import { PlanningService } from "./admin/planning/planning.service";
import { ExperimentRecords } from "./admin/records";
import type { ScheduleRepository } from "./admin/schedule.repository";
import { type ScheduleLog, ScheduleService } from "./admin/schedule.service";
import type { ExperimentsRepository } from "./experiments.repository";
import type { MetricRegistry } from "./metrics/registry";
import type { CountsService } from "./results/recount/counts.service";
import type { RecountRepository } from "./results/recount/recount.repository";
import { AccessService } from "./serve/access.service";
import type { AssignmentsRepository } from "./serve/assignments.repository";
import type { ExperimentConfigsRepository } from "./serve/config/experiment-configs.repository";
import type { FactsRepository } from "./serve/facts.repository";
import type { MembersRepository } from "./serve/members.repository";

export type { Actor } from "./serve/access.service";

export interface ExperimentsAdminParts {
  experiments: ExperimentsRepository;
  configs: Pick<ExperimentConfigsRepository, "loadMany">;
  changes: ExperimentChangesRepository;
  schedule: ScheduleRepository;
  members: MembersRepository;
  audit: AuditRepository;
  counts: Pick<CountsService, "readable">;
  audience: AudienceRepository;
  flagMigrations: FlagMigrationRepository;
  facts: FactsRepository;
  assignments: Pick<AssignmentsRepository, "find">;
  /** Reads a change into this node's memory, so that the node that made it obeys it at once. */
  refresh: (slugs: string[]) => Promise<void>;
  /** Makes the receipt. Never throws: a failure is made up for in the background. */
  concluded: (slug: string) => Promise<void>;
  planning: PlanningRepository;
  /** Reads from the replica, if there is one. */
  recounts: Pick<RecountRepository, "outcomes">;
  metrics: MetricRegistry;
  clock: () => Date;
  log: ScheduleLog;
}

/**
 * Joins the services of the admin behind one object. Each of them checks the permission itself at every call, so that
 * the API allows no more than the pages.
 */
export function createExperimentsAdmin(parts: ExperimentsAdminParts) {
  const access = new AccessService(parts.members);
  const records = new ExperimentRecords(parts.experiments, parts.refresh, parts.metrics);
  const catalog = new CatalogService(access, records, parts.experiments, parts.counts);
  const editing = new EditingService({ ...parts, access, records });
  const audience = new AudienceService({ ...parts, access, records });
  const planning = new PlanningService({ ...parts, access, records, audience });
  const planOf = planning.planOf.bind(planning);
  const lifecycle = new LifecycleService({ ...parts, access, records, planOf });
  const schedule = new ScheduleService({ ...parts, lifecycle, records });
  const audit = new AuditService(access, parts.audit);
  const flagMigration = new FlagMigrationService(access, records, parts.flagMigrations);
  return {
    roleOf: access.roleOf.bind(access),
    authorize: access.authorize.bind(access),
    members: access.members.bind(access),
    setRole: access.setRole.bind(access),
    list: catalog.list.bind(catalog),
    get: catalog.get.bind(catalog),
    stats: catalog.stats.bind(catalog),
    create: editing.create.bind(editing),
    duplicate: editing.duplicate.bind(editing),
    updateConfig: editing.updateConfig.bind(editing),
    updateStatus: lifecycle.updateStatus.bind(lifecycle),
    conclude: lifecycle.conclude.bind(lifecycle),
    delete: lifecycle.delete.bind(lifecycle),
    activity: audit.list.bind(audit),
    countAudience: audience.count.bind(audience),
    tryOut: audience.tryOut.bind(audience),
    findTeams: audience.findTeams.bind(audience),
    findPeople: audience.findPeople.bind(audience),
    attributes: audience.attributes.bind(audience),
    forecast: planning.forecast.bind(planning),
    startChecklist: planning.startChecklist.bind(planning),
    planFlagMigration: flagMigration.plan.bind(flagMigration),
    convertFlag: flagMigration.convert.bind(flagMigration),
    revertFlagMigration: flagMigration.revert.bind(flagMigration),
    /** Meant for the timer of a node: it asks nobody for permission. */
    runSchedule: schedule.runDue.bind(schedule),
    exportActivity: audit.exportCsv.bind(audit),
  };
}

export type ExperimentsAdminService = ReturnType<typeof createExperimentsAdmin>;
