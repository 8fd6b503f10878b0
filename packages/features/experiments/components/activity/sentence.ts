import type { Translate } from "@calcom/lib/i18n";
import type { AuditEntry } from "../../types/activity";
import { EXPERIMENT_ROLES } from "../../types/roles";
import { statusSchema, type Unit } from "../../types/settings";
import { statusKeys } from "../ExperimentStatus";
import { roleKeys } from "../people/words";

/** "Ada started it", as far as the change tells what it was. */
export function sentenceOf(entry: AuditEntry, t: Translate): string {
  const who = actorOf(entry, t);
  if (entry.tableName === "ExperimentMember")
    return t(entry.action === "DELETE" ? "activity_role_taken" : "activity_role_given", {
      who,
      member: entry.memberName ?? t("activity_somebody"),
      role: roleOf(entry, t),
    });
  if (entry.tableName === "PreviewLink") return t(linkKeyOf(entry), { who });
  if (entry.tableName === "Person") return t(...viewedOf(entry, who));
  if (entry.tableName === "ExperimentMetric") return t(...metricChangeOf(entry, who));
  if (entry.tableName === "ExperimentChecklistItem") return t(...itemChangeOf(entry, who));
  if (entry.action === "EXPORT") return t("activity_exported", { who });
  if (entry.action === "LOOK") return t("activity_looked", { who });
  if (entry.action === "INSERT") return t("activity_created", { who });
  if (entry.action === "DELETE") return t("activity_deleted", { who });
  const type = entry.differences.find(({ path }) => path === "type");
  if (type?.after === "EXPERIMENT") return t("activity_converted", { who });
  if (type?.before === "EXPERIMENT") return t("activity_reverted", { who });
  const takenBack = findTakenBack(entry);
  if (takenBack !== null) return t("activity_winner_taken_back", { who, variant: takenBack });
  const turnedOff = entry.differences.find(({ path }) => path === "convertedFrom.isTurnedOff")?.after;
  if (typeof turnedOff === "boolean")
    return t(turnedOff ? "activity_turned_off" : "activity_turned_on", { who });
  const status = entry.differences.find(({ path }) => path === "status");
  const before = statusSchema.safeParse(status?.before);
  const after = statusSchema.safeParse(status?.after);
  if (!before.success || !after.success)
    return t(entry.changesMetricsAfterStart ? "activity_metrics_after_start" : "activity_changed", { who });
  return t("activity_moved", { who, before: t(statusKeys[before.data]), after: t(statusKeys[after.data]) });
}

function viewedOf({ differences }: AuditEntry, who: string): [key: string, values: Record<string, string>] {
  const viewed = differences.find(({ path }) => Object.hasOwn(viewedKeys, path));
  const unit = (viewed?.path ?? "user") as Unit;
  return [viewedKeys[unit], { who, id: String(viewed?.after ?? "") }];
}

const viewedKeys: Record<Unit, string> = {
  user: "activity_viewed_person_user",
  team: "activity_viewed_person_team",
  visitor: "activity_viewed_person_visitor",
};

type Saying = [key: string, values: Record<string, string | number>];

function metricChangeOf({ action, differences }: AuditEntry, who: string): Saying {
  if (action === "INSERT") return ["activity_metric_made", { who }];
  if (action === "DELETE") return ["activity_metric_deleted", { who }];
  const version = differences.find(({ path }) => path === "metricVersion")?.after;
  if (typeof version === "number") return ["activity_metric_version_made", { who, version }];
  return ["activity_metric_changed", { who }];
}

function itemChangeOf({ action, differences }: AuditEntry, who: string): Saying {
  const text = differences.find(({ path }) => path === "text");
  if (action === "INSERT") return ["activity_item_added", { who, text: String(text?.after ?? "") }];
  if (action === "DELETE") return ["activity_item_removed", { who, text: String(text?.before ?? "") }];
  return ["activity_item_changed", { who, text: String(text?.after ?? "") }];
}

function linkKeyOf({ action, isReportLink }: AuditEntry): string {
  if (isReportLink) return action === "DELETE" ? "activity_report_link_revoked" : "activity_report_link_made";
  return action === "DELETE" ? "activity_link_revoked" : "activity_link_made";
}

/** A winner that everybody got, and gets no more. */
function findTakenBack({ differences }: AuditEntry): string | null {
  const isSaid = differences.some(({ path }) => path.startsWith("takenBack"));
  const winner = differences.find(({ path }) => path === "winnerVariant");
  return isSaid && typeof winner?.before === "string" && winner.after === null ? winner.before : null;
}

function roleOf({ differences }: AuditEntry, t: Translate): string {
  const given = differences.find(({ path }) => path === "role")?.after;
  const stored = typeof given === "string" ? given : "";
  const role = EXPERIMENT_ROLES.find((known) => known === stored.toLowerCase());
  return role === undefined ? stored : t(roleKeys[role]);
}

function actorOf({ actor, actorRole, differences }: AuditEntry, t: Translate): string {
  if (actor !== null) return actor.name ?? t("activity_somebody_gone", { id: actor.id });
  // Only the schedule takes its own entries away without a person; it never turns anything off or on.
  const isTurned = differences.some(
    ({ path, before, after }) => path === "status" && [before, after].includes("off"),
  );
  // What is made or deleted by hand has a schedule too, of which nothing is left different.
  const isScheduled =
    !isTurned &&
    differences.some(
      ({ path, before, after }) =>
        path.startsWith("schedule.") && before !== undefined && after !== undefined,
    );
  return isScheduled ? t("activity_schedule") : t("activity_by_hand", { role: actorRole });
}
