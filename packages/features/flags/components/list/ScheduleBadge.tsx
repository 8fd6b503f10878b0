"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Badge, cn, touchAreaClasses } from "@calcom/ui";
import { ClockIcon, TriangleAlertIcon } from "lucide-react";
import type { ReactNode } from "react";
import { useFormat } from "../../../experiments/components/RelativeTime";
import type { FlagSummary } from "../../types";
import { changeText } from "../flag-words";

interface ScheduleBadgeProps {
  flag: FlagSummary;
  onSchedule: (flag: FlagSummary) => void;
}

/** What happens next, and apart from it what was dropped; each leads to the schedule. */
export function ScheduleBadge({ flag, onSchedule }: ScheduleBadgeProps) {
  const { t, locale } = useLocale();
  const { moment } = useFormat();
  const { next, planned, dropped } = flag.schedule;
  const open = () => onSchedule(flag);
  return (
    <>
      {next !== null && (
        <Shown
          variant="outline"
          icon={<ClockIcon aria-hidden className="text-muted-foreground" />}
          onOpen={open}
        >
          {/* Broken between what belongs together, never inside a time or a count. */}
          {changeText(next.change, t, locale)}:{" "}
          <span suppressHydrationWarning className="whitespace-nowrap">
            {moment(next.at)}
          </span>
          {planned > 1 && (
            <>
              {"\u00a0· "}
              <span className="whitespace-nowrap">{t("flag_schedule_more", { count: planned - 1 })}</span>
            </>
          )}
        </Shown>
      )}
      {dropped > 0 && (
        <Shown variant="warning" icon={<TriangleAlertIcon aria-hidden />} onOpen={open}>
          {t("flag_schedule_dropped", { count: dropped })}
        </Shown>
      )}
    </>
  );
}

interface ShownProps {
  variant: "outline" | "warning";
  icon: ReactNode;
  onOpen: () => void;
  children: ReactNode;
}

function Shown({ variant, icon, onOpen, children }: ShownProps) {
  const { t } = useLocale();
  return (
    <Badge
      asChild
      variant={variant}
      className={cn(
        "relative h-auto min-h-5 max-w-full whitespace-normal py-0.5 text-start",
        touchAreaClasses,
      )}
    >
      <button type="button" title={t("flag_schedule")} onClick={onOpen}>
        {icon}
        <span>{children}</span>
      </button>
    </Badge>
  );
}
