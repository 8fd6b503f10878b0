"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button, cn } from "@calcom/ui";
import { PencilIcon, RotateCcwIcon, Trash2Icon, TriangleAlertIcon } from "lucide-react";
import { useFormat } from "../../../experiments/components/RelativeTime";
import type { DropReason, ScheduledChange } from "../../types";
import { changeText } from "../flag-words";

const droppedKeys: Record<DropReason, string> = {
  switched: "flag_schedule_dropped_switched",
  converted: "flag_schedule_dropped_converted",
  not_allowed: "flag_schedule_dropped_not_allowed",
};

interface ScheduledItemProps {
  change: ScheduledChange;
  /** The form has it. */
  isEdited: boolean;
  /** Null where nothing can be planned any more. */
  onEdit: (() => void) | null;
  onRemove: () => void;
}

export function ScheduledItem({ change: scheduled, isEdited, onEdit, onRemove }: ScheduledItemProps) {
  const { t, locale } = useLocale();
  const { moment } = useFormat();
  const { at, change, plannedBy, dropped } = scheduled;
  const named = { change: changeText(change, t, locale), moment: moment(at) };
  const planner = plannedBy === null ? t("flag_schedule_planner_gone") : plannedBy.name;
  return (
    <li
      aria-current={isEdited || undefined}
      className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 px-2 py-2 aria-[current]:bg-muted"
    >
      <div className="wrap-anywhere min-w-0 text-dense">
        <p className={cn("font-medium", dropped !== null && "text-muted-foreground line-through")}>
          {named.change}
        </p>
        <p className="text-muted-foreground">
          <time dateTime={at.toISOString()}>{named.moment}</time>&nbsp;· {planner}
          {isEdited && (
            <span className="font-medium text-foreground">&nbsp;· {t("flag_schedule_edited")}</span>
          )}
        </p>
        {dropped !== null && (
          <p className="flex gap-1.5 text-warning">
            <TriangleAlertIcon aria-hidden className="mt-0.5 size-3.5 shrink-0" />
            {t(droppedKeys[dropped.reason], { moment: moment(dropped.at) })}
          </p>
        )}
      </div>
      <div className="flex gap-1 pointer-coarse:gap-4">
        {onEdit !== null && (
          <Button
            type="button"
            variant="ghost"
            size="icon-sm"
            aria-label={t(dropped === null ? "flag_schedule_edit_label" : "flag_schedule_again_label", named)}
            title={t(dropped === null ? "flag_schedule_edit" : "flag_schedule_again")}
            aria-pressed={isEdited}
            onClick={onEdit}
          >
            {dropped === null ? <PencilIcon /> : <RotateCcwIcon />}
          </Button>
        )}
        <Button
          type="button"
          variant="ghost"
          size="icon-sm"
          aria-label={t("flag_schedule_remove_label", named)}
          title={t("remove")}
          onClick={onRemove}
        >
          <Trash2Icon />
        </Button>
      </div>
    </li>
  );
}
