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

/** The administration. Each method checks the permission itself, so that every door has the same rules. */
export interface ExperimentsAdmin {
  /** Lists and shows experiments. */
  catalog: CatalogService;
  /** Says which experiments ran when. */
  calendar: CalendarService;
  /** The filters of that list that a person keeps. */
  views: ViewsService;
  /** Creates, duplicates and configures them. */
  editing: EditingService;
  /** Starts, pauses, ends and deletes them. */
  lifecycle: LifecycleService;
  /** The same to several of them. */
  bulk: BulkService;
  /** Counts and finds the people that the targeting of a form matches. */
  audience: AudienceService;
  /** Shows which reports were recorded last, and which were not recorded. */
  feed: FeedService;
  /** Shows what one person sees, and why. */
  people: PeopleService;
  /** Forecasts what effect an experiment can find, and when. */
  planning: PlanningService;
  /** The metrics that experiments can use. */
  metricCatalog: MetricCatalogService;
  /** The recent history of a metric. */
  metricHistory: MetricHistoryService;
  /** What the team checks before each start. */
  checklist: ChecklistService;
  /** From a flag to an experiment and back. */
  flagMigration: FlagMigrationService;
  /** Reports on one experiment, to be printed, exported or shared. */
  reports: ReportsService;
  /** Who has changed what. */
  activity: AuditService;
  /** Who may do what. */
  access: AccessService;
}

/** The services that procedures call. Functions, because a process may close its module and open it again. */
export interface AdminServices {
  admin(): ExperimentsAdmin;
  results(): ResultsService;
  previews(): PreviewService;
}
