import { AccessService } from "./admin/access.service";
import type { AuditRepository } from "./admin/audit.repository";
import { AuditService } from "./admin/audit.service";
import { CatalogService } from "./admin/catalog.service";
import { EditingService } from "./admin/editing.service";
import { LifecycleService } from "./admin/lifecycle.service";
import type { MembersRepository } from "./admin/members.repository";
import { ExperimentRecords } from "./admin/records";
import type { ExperimentsRepository } from "./experiments.repository";
import type { StatsRepository } from "./stats.repository";

export type { Actor } from "./admin/access.service";

export interface ExperimentsAdminParts {
  experiments: ExperimentsRepository;
  members: MembersRepository;
  audit: AuditRepository;
  stats: StatsRepository;
  /** Makes the node that changed something obey it at once. */
  refresh: (slugs: string[]) => Promise<void>;
  clock: () => Date;
}

/**
 * What people with a role for experiments do: the one door to all services of the admin. Each of them asks for the
 * permission itself, at every call, so that nobody gets further by the API than by the pages.
 */
export function createExperimentsAdmin(parts: ExperimentsAdminParts) {
  const access = new AccessService(parts.members);
  const records = new ExperimentRecords(parts.experiments, parts.refresh);
  const catalog = new CatalogService(access, records, parts.experiments, parts.stats);
  const editing = new EditingService(access, records, parts.experiments);
  const lifecycle = new LifecycleService(access, records, parts.experiments, parts.clock);
  const audit = new AuditService(access, parts.audit);
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
    exportActivity: audit.exportCsv.bind(audit),
  };
}

export type ExperimentsAdminService = ReturnType<typeof createExperimentsAdmin>;
