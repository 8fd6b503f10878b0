"use client";

import { useLocale } from "@calcom/lib/i18n";
import type { Status } from "../../types/settings";
import { type EditableField, isEditable } from "../../utils/lifecycle";

export interface Lock {
  disabled: boolean;
  /** Why it cannot be changed; undefined where it can. */
  reason: string | undefined;
}

/** What the state of the experiment still lets be edited, with the reason where it does not. */
export function useLock(status: Status): (field: EditableField) => Lock {
  const { t } = useLocale();
  const isOver = status === "concluded" || status === "archived";
  const reason = t(isOver ? "experiment_locked_since_over" : "experiment_locked_since_started");
  return (field) =>
    isEditable(field, status) ? { disabled: false, reason: undefined } : { disabled: true, reason };
}
