import { AudienceRepository } from "./admin/audience.repository";
import { AudienceService } from "./admin/audience.service";
import { AudienceCounter } from "./admin/audience-counter";
import { AuditRepository } from "./admin/audit.repository";
import { AuditService } from "./admin/audit.service";
import { BulkService } from "./admin/bulk.service";
import { CalendarRepository } from "./admin/calendar.repository";
import { CalendarService } from "./admin/calendar.service";
import { CatalogRepository } from "./admin/catalog.repository";
import { CatalogService } from "./admin/catalog.service";
import { DeletionRepository } from "./admin/deletion.repository";
import { EditingService } from "./admin/editing.service";
import { ExperimentChangesRepository } from "./admin/experiment-changes.repository";
import { FeedRepository } from "./admin/feed.repository";
import { FeedService } from "./admin/feed.service";
import { FlagMigrationRepository } from "./admin/flag-migration.repository";
import { FlagMigrationService } from "./admin/flag-migration.service";
import { LifecycleService } from "./admin/lifecycle.service";
import { LifecycleSteps } from "./admin/lifecycle-steps";
import type { PeopleService } from "./admin/people.service";
import { Forecaster } from "./admin/planning/forecaster";
import { PlanningRepository } from "./admin/planning/planning.repository";
import { PlanningService } from "./admin/planning/planning.service";
import { ExperimentRecords } from "./admin/records";
import { ReportsService } from "./admin/reports.service";
import { ScheduleRepository } from "./admin/schedule.repository";
import { type ScheduleLog, ScheduleService } from "./admin/schedule.service";
import { SharedReportsService } from "./admin/shared-reports.service";
import { Trials } from "./admin/trials";
import { ViewsRepository } from "./admin/views.repository";
import { ViewsService } from "./admin/views.service";
import { createPeople, type PeopleModuleParts } from "./create-people";
import type { ExperimentsRepository } from "./experiments.repository";
import type { MetricRegistry } from "./metrics/registry";
import type { CountsService } from "./results/recount/counts.service";
import type { MetricTrials } from "./results/recount/metric-trials";
import type { ReadableResults } from "./results/recount/readable-results";
import { RecountRepository } from "./results/recount/recount.repository";
import { ReportNamesRepository } from "./results/recount/report-names.repository";
import { ReportReader } from "./results/recount/report-reader";
import type { AccessService } from "./serve/access.service";
import type { AsksRepository } from "./serve/asks.repository";
import type { AssignmentsRepository } from "./serve/assignments.repository";
import { AuditNotesRepository } from "./serve/audit-notes.repository";
import type { ExperimentConfigsRepository } from "./serve/config/experiment-configs.repository";
import { FlagRowsRepository } from "./serve/flag-rows.repository";
import { LinkKeeper } from "./serve/link-keeper";
import { PreviewLinksRepository } from "./serve/preview-links.repository";
import type { RefusedReportsCounter } from "./serve/refused-reports";
import type { Pool } from "./sql/runner";
import { REPORT_LINK_DAYS } from "./types/report-links";

/** What people do with experiments. Each method of each service asks for the permission itself, for every door. */
export interface ExperimentsAdmin {
  /** Lists and shows experiments. */
  catalog: CatalogService;
  /** Says what ran when. */
  calendar: CalendarService;
  /** The filters of that list that a person keeps. */
  views: ViewsService;
  /** Creates, duplicates and configures them. */
  editing: EditingService;
  /** Starts, pauses, ends and deletes them. */
  lifecycle: LifecycleService;
  /** The same to several of them. */
  bulk: BulkService;
  /** Whom settings would reach. */
  audience: AudienceService;
  /** What was recorded last, and what was not. */
  feed: FeedService;
  /** What one person sees, and why. */
  people: PeopleService;
  /** What an experiment can find, and in what time. */
  planning: PlanningService;
  /** From a flag to an experiment and back. */
  flagMigration: FlagMigrationService;
  /** What became of an experiment, to be printed, sent or shared. */
  reports: ReportsService;
  /** Who has changed what. */
  activity: AuditService;
  /** Who may do what. */
  access: AccessService;
}

export interface ExperimentsAdminParts extends PeopleModuleParts {
  /** The database from which counts are read, if not the first. */
  replica: Pool | undefined;
  experiments: ExperimentsRepository;
  configs: Pick<ExperimentConfigsRepository, "loadMany">;
  assignments: Pick<AssignmentsRepository, "find">;
  asks: Pick<AsksRepository, "findLast">;
  refused: Pick<RefusedReportsCounter, "read">;
  counts: Pick<CountsService, "countReadable">;
  metrics: MetricRegistry;
  trials: Pick<MetricTrials, "refuseFaulty" | "listFaulty">;
  readable: Pick<ReadableResults, "find">;
  /** Reads a change into this node's memory, so that the node that made it obeys it at once. */
  refresh: (slugs: string[]) => Promise<void>;
  /** Makes the receipt of a conclusion. Never throws: a failure is made up for in the background. */
  settle: (slug: string) => Promise<void>;
  log: ScheduleLog;
}

/** Joins the services of the administration, and the schedule, which a node carries out in nobody's name. */
export function createExperimentsAdmin(parts: ExperimentsAdminParts): {
  admin: ExperimentsAdmin;
  schedule: ScheduleService;
  sharedReports: SharedReportsService;
} {
  const { pool, replica = pool, access } = parts;
  const catalog = new CatalogRepository(pool);
  const changes = new ExperimentChangesRepository(pool);
  const records = new ExperimentRecords({ ...parts, catalog, changes });
  const counter = new AudienceCounter(parts);
  const forecaster = new Forecaster({
    ...parts,
    counter,
    planning: new PlanningRepository(replica),
    recounts: new RecountRepository(replica),
  });
  const steps = new LifecycleSteps({
    ...parts,
    records,
    planStart: (slug, config) => forecaster.planStart(slug, config),
  });
  const editing = new EditingService({ ...parts, records, changes });
  const lifecycle = new LifecycleService({
    ...parts,
    records,
    steps,
    deletion: new DeletionRepository(pool),
  });
  const flagRows = new FlagRowsRepository(pool);
  const reader = new ReportReader({ ...parts, names: new ReportNamesRepository(pool) });
  const keeper = new LinkKeeper({
    authorize: (actor, permission) => access.authorize(actor, permission),
    stored: new PreviewLinksRepository(pool, "report"),
    clock: Date.now,
    maxDays: Math.max(...REPORT_LINK_DAYS),
    events: { made: "report_link_made", revoked: "report_link_revoked" },
  });
  const notes = new AuditNotesRepository(pool);
  return {
    admin: {
      catalog: new CatalogService({ ...parts, records, catalog }),
      calendar: new CalendarService(access, new CalendarRepository(pool)),
      views: new ViewsService(access, new ViewsRepository(pool)),
      editing,
      lifecycle,
      bulk: new BulkService({ access, records, editing, lifecycle }),
      audience: new AudienceService({
        access,
        counter,
        trials: new Trials({ ...parts, records, flagRows }),
        audience: new AudienceRepository(pool),
      }),
      feed: new FeedService({ ...parts, feed: new FeedRepository(pool) }),
      people: createPeople({ ...parts, notes, flagRows }),
      planning: new PlanningService({ ...parts, records, forecaster }),
      flagMigration: new FlagMigrationService(access, records, new FlagMigrationRepository(pool)),
      reports: new ReportsService({ ...parts, records, reader, keeper, notes }),
      activity: new AuditService(access, new AuditRepository(pool), notes),
      access,
    },
    schedule: new ScheduleService({ ...parts, records, steps, schedule: new ScheduleRepository(pool) }),
    sharedReports: new SharedReportsService({ keeper, reader }),
  };
}
