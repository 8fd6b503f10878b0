import type { Json } from "@calcom/lib/json";
import type { HostId } from "./host-id";

/** What an entry is about: an experiment, a metric, who may do what or open what, or who has read what. */
export const ACTIVITY_SUBJECTS = ["experiments", "metrics", "access", "views"] as const;
export type ActivitySubject = (typeof ACTIVITY_SUBJECTS)[number];

/** One change, as the triggers have recorded it, an early look at results, a look at a person, or an export. */
export interface AuditEntry {
  id: string;
  at: Date;
  /** Null for the schedule, and for a change by hand. */
  actor: { id: HostId; name: string | null } | null;
  /** The database role, which tells a change by hand from one of the application. */
  actorRole: string;
  tableName:
    | "Feature"
    | "ExperimentMember"
    | "ExperimentMetric"
    | "ExperimentChecklistItem"
    | "ExperimentResult"
    | "PreviewLink"
    | "Export"
    | "Person";
  /** Of a link: it opens the report, and not the variants. */
  isReportLink: boolean;
  /** The experiment that was changed; null where it was something else. */
  slug: string | null;
  /** As it is called now, or was when it was deleted; null where nobody knows. */
  experimentName: string | null;
  /** The metric of the catalog that was changed; null where it was something else. */
  metricKey: string | null;
  /** The person whose role was changed, while the account exists. */
  memberName: string | null;
  /** LOOK means that the results were read before their time, or of a Person what they see; an EXPORT left as a file. */
  action: "INSERT" | "UPDATE" | "DELETE" | "LOOK" | "EXPORT";
  differences: Difference[];
  /** What is measured was changed when data could be seen already. */
  changesMetricsAfterStart: boolean;
}

export interface AuditPage {
  entries: AuditEntry[];
  /** The cursor for the next page; null at the end. */
  nextBefore: string | null;
  actors: { id: HostId; name: string | null }[];
}

/** One value that a change has altered, under a path such as `metadata.variants.1.percentage`. */
export interface Difference {
  path: string;
  /** Undefined if the value did not exist. */
  before: Json | undefined;
  /** Undefined if the value no longer exists. */
  after: Json | undefined;
}
