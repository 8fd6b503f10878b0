import { isUuid, text, trimmedText } from "@calcom/lib/gate/text";

/** What a team wants checked by a person before each start. */
export interface ChecklistItem {
  id: string;
  text: string;
}

export interface ItemCheck extends ChecklistItem {
  /** By whom and when; null while it is open. The name is null once the account is gone. */
  checked: { at: Date; by: string | null } | null;
}

export const checklistTextSchema = trimmedText(200, "Use at most 200 characters.").min(
  1,
  "Enter what to check.",
);
export const MAX_CHECKLIST_ITEMS = 30;
export const checklistItemIdSchema = text(36).refine(isUuid, "Choose an item from the checklist.");
