import type { AudienceService } from "./admin/audience.service";
import type { AuditService } from "./admin/audit.service";
import type { BulkService } from "./admin/bulk.service";
import type { CalendarService } from "./admin/calendar.service";
import type { CatalogService } from "./admin/catalog.service";
import type { ChecklistService } from "./admin/checklist.service";
import type { EditingService } from "./admin/editing.service";
import type { FeedService } from "./admin/feed.service";
import type { FlagMigrationService } from "./admin/flag-migration.service";
import type { LifecycleService } from "./admin/lifecycle.service";
import type { MetricCatalogService } from "./admin/metric-catalog.service";
import type { PeopleService } from "./admin/people.service";
import type { MetricHistoryService } from "./admin/planning/metric-history.service";
import type { PlanningService } from "./admin/planning/planning.service";
import type { ReportsService } from "./admin/reports.service";
import type { ViewsService } from "./admin/views.service";
import type { ResultsService } from "./results/recount/results.service";
import type { AccessService } from "./serve/access.service";
import type { PreviewService } from "./serve/preview.service";

export type { Actor } from "./serve/access.service";

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
  /** What experiments can measure. */
  metricCatalog: MetricCatalogService;
  /** What was recorded of it lately. */
  metricHistory: MetricHistoryService;
  /** What the team checks before each start. */
  checklist: ChecklistService;
  /** From a flag to an experiment and back. */
  flagMigration: FlagMigrationService;
  /** What became of an experiment, to be printed, sent or shared. */
  reports: ReportsService;
  /** Who has changed what. */
  activity: AuditService;
  /** Who may do what. */
  access: AccessService;
}

/** What the procedures of the administration are made of. Asked for at each call: a process may open its module anew. */
export interface AdminServices {
  admin(): ExperimentsAdmin;
  results(): ResultsService;
  previews(): PreviewService;
}
