import {
  ArrowRightIcon,
  DownloadIcon,
  EyeIcon,
  LinkIcon,
  type LucideIcon,
  PencilIcon,
  PlusIcon,
  ShieldIcon,
  Trash2Icon,
} from "lucide-react";
import type { AuditEntry } from "../../types/activity";

/** What was done, at a glance down the list; the sentence beside it says the same. */
export function entryIcon({ tableName, action, differences }: AuditEntry): LucideIcon {
  if (tableName === "ExperimentMember") return ShieldIcon;
  if (tableName === "PreviewLink") return LinkIcon;
  if (tableName === "Person" || action === "LOOK") return EyeIcon;
  if (action === "EXPORT") return DownloadIcon;
  if (action === "INSERT") return PlusIcon;
  if (action === "DELETE") return Trash2Icon;
  const isMoved = differences.some(({ path }) => path === "status" || path === "type");
  return isMoved ? ArrowRightIcon : PencilIcon;
}
