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
import { ChecklistRepository } from "./admin/checklist.repository";
import { ChecklistService } from "./admin/checklist.service";
import { DeletionRepository } from "./admin/deletion.repository";
import { EditingService } from "./admin/editing.service";
import { ExperimentChangesRepository } from "./admin/experiment-changes.repository";
import { FeedRepository } from "./admin/feed.repository";
import { FeedService } from "./admin/feed.service";
import { FlagMigrationRepository } from "./admin/flag-migration.repository";
import { FlagMigrationService } from "./admin/flag-migration.service";
import { HeldMetrics } from "./admin/held-metrics";
import { KnownMetrics } from "./admin/known-metrics";
import { LifecycleService } from "./admin/lifecycle.service";
import { LifecycleSteps } from "./admin/lifecycle-steps";
import { MetricCatalogRepository } from "./admin/metric-catalog.repository";
import { MetricCatalogService } from "./admin/metric-catalog.service";
import { Forecaster } from "./admin/planning/forecaster";
import { MetricHistoryService } from "./admin/planning/metric-history.service";
import { MetricVolumeRepository } from "./admin/planning/metric-volume.repository";
import { PlanningRepository } from "./admin/planning/planning.repository";
import { PlanningService } from "./admin/planning/planning.service";
import { StartReview } from "./admin/planning/start-review";
import { ExperimentRecords } from "./admin/records";
import { ReportsService } from "./admin/reports.service";
import { ScheduleRepository } from "./admin/schedule.repository";
import { type ScheduleLog, ScheduleService } from "./admin/schedule.service";
import { SharedReportsService } from "./admin/shared-reports.service";
import { Trials } from "./admin/trials";
import { ViewsRepository } from "./admin/views.repository";
import { ViewsService } from "./admin/views.service";
import type { ExperimentsAdmin } from "./admin-services";
import { createPeople, type PeopleModuleParts } from "./create-people";
import type { ExperimentsRepository } from "./experiments.repository";
import { compileTargeting } from "./lib/targeting";
import type { MetricRegistry } from "./metrics/registry";
import type { CountsService } from "./results/recount/counts.service";
import type { MetricTrials } from "./results/recount/metric-trials";
import type { ReadableResults } from "./results/recount/readable-results";
import { RecountRepository } from "./results/recount/recount.repository";
import { ReportNamesRepository } from "./results/recount/report-names.repository";
import { ReportReader } from "./results/recount/report-reader";
import type { AsksRepository } from "./serve/asks.repository";
import type { AssignmentsRepository } from "./serve/assignments.repository";
import { AuditNotesRepository } from "./serve/audit-notes.repository";
import type { ExperimentConfigsRepository } from "./serve/config/experiment-configs.repository";
import { FlagRowsRepository } from "./serve/flag-rows.repository";
import { LinkKeeper } from "./serve/link-keeper";
import { OpenedPreviewsRepository } from "./serve/opened-previews.repository";
import { PreviewLinksRepository } from "./serve/preview-links.repository";
import type { RefusedReportsCounter } from "./serve/refused-reports";
import type { Pool } from "./sql/runner";
import { REPORT_LINK_DAYS } from "./types/report-links";

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
  trials: Pick<MetricTrials, "refuseFaulty" | "findFault">;
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
  const counter = new AudienceCounter({ ...parts, compile: compileTargeting });
  const planning = new PlanningRepository(replica);
  const forecaster = new Forecaster({
    ...parts,
    counter,
    planning,
    recounts: new RecountRepository(replica),
  });
  const metricCatalog = new MetricCatalogRepository(pool);
  const held = new HeldMetrics(metricCatalog, parts.metrics);
  const known = new KnownMetrics({ ...parts, catalog: metricCatalog });
  const checklist = new ChecklistRepository(pool);
  const review = new StartReview({
    ...parts,
    forecaster,
    planning,
    held,
    previews: new OpenedPreviewsRepository(pool),
  });
  const steps = new LifecycleSteps({
    ...parts,
    records,
    held,
    checklist,
    planStart: (slug, config) => forecaster.planStart(slug, config),
  });
  const editing = new EditingService({ ...parts, records, changes, held });
  const lifecycle = new LifecycleService({
    ...parts,
    records,
    steps,
    deletion: new DeletionRepository(pool),
  });
  const flagRows = new FlagRowsRepository(pool);
  const reader = new ReportReader({ ...parts, names: new ReportNamesRepository(pool, parts.ids.types) });
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
      calendar: new CalendarService(access, new CalendarRepository(pool), parts.clock),
      views: new ViewsService(access, new ViewsRepository(pool), parts.ids),
      editing,
      lifecycle,
      bulk: new BulkService({ access, records, editing, lifecycle }),
      audience: new AudienceService({
        access,
        counter,
        trials: new Trials({ ...parts, records, flagRows }),
        audience: new AudienceRepository(pool),
        ids: parts.ids,
      }),
      feed: new FeedService({ ...parts, feed: new FeedRepository(pool) }),
      people: createPeople({ ...parts, notes, flagRows }),
      planning: new PlanningService({ access, records, forecaster, held, known, review, checklist }),
      metricCatalog: new MetricCatalogService({ ...parts, catalog: metricCatalog, known }),
      metricHistory: new MetricHistoryService({
        ...parts,
        catalog: metricCatalog,
        forecaster,
        volumes: new MetricVolumeRepository(replica),
      }),
      checklist: new ChecklistService({ access, records, checklist }),
      flagMigration: new FlagMigrationService(access, records, new FlagMigrationRepository(pool)),
      reports: new ReportsService({ ...parts, records, reader, keeper, notes }),
      activity: new AuditService(access, new AuditRepository(pool), notes, parts.ids),
      access,
    },
    schedule: new ScheduleService({ ...parts, records, steps, schedule: new ScheduleRepository(pool) }),
    sharedReports: new SharedReportsService({ keeper, reader }),
  };
}
