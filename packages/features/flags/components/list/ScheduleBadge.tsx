"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Badge, cn, touchAreaClasses } from "@calcom/ui";
import { ClockIcon, TriangleAlertIcon } from "lucide-react";
import { Fragment } from "react";
import { useFormat } from "../../../experiments/components/RelativeTime";
import type { FlagSummary } from "../../types";
import { changeText } from "../flag-words";

interface ScheduleBadgeProps {
  flag: FlagSummary;
  onSchedule: (flag: FlagSummary) => void;
}

/** What happens next, or what was dropped; leads to the schedule. */
export function ScheduleBadge({ flag, onSchedule }: ScheduleBadgeProps) {
  const { t, locale } = useLocale();
  const { moment } = useFormat();
  const { next, planned, dropped } = flag.schedule;
  if (next === null && dropped === 0) return null;
  const others = [
    planned > 1 && t("flag_schedule_more", { count: planned - 1 }),
    dropped > 0 && t("flag_schedule_dropped", { count: dropped }),
  ].filter((part) => part !== false);
  return (
    <Badge
      asChild
      variant={dropped > 0 ? "warning" : "default"}
      className={cn(
        "relative h-auto min-h-5 max-w-full whitespace-normal py-0.5 text-start",
        touchAreaClasses,
      )}
    >
      <button type="button" title={t("flag_schedule")} onClick={() => onSchedule(flag)}>
        {dropped > 0 ? <TriangleAlertIcon aria-hidden /> : <ClockIcon aria-hidden />}
        {/* Broken between what belongs together, never inside a time or a count. */}
        <span>
          {next !== null && (
            <>
              {changeText(next.change, t, locale)}:{" "}
              <span suppressHydrationWarning className="whitespace-nowrap">
                {moment(next.at)}
              </span>
            </>
          )}
          {others.map((part, place) => (
            <Fragment key={part}>
              {(next !== null || place > 0) && " · "}
              <span className="whitespace-nowrap">{part}</span>
            </Fragment>
          ))}
        </span>
      </button>
    </Badge>
  );
}
