"use client";

import { useLocale } from "@calcom/lib/i18n";
import { say } from "@calcom/lib/sentence";
import { cn, Skeleton } from "@calcom/ui";
import { CircleAlertIcon, CircleCheckIcon, TriangleAlertIcon } from "lucide-react";
import type { Unit } from "../../types/settings";
import type { CheckState, StartCheck, StartChecklist } from "../../utils/checklist";
import type { Settled } from "../form/targeting/use-settled";
import { shortBuild } from "../shared/short-build";
import { type Format, useFormat } from "../shared/useFormat";
import { usePlanningPort } from "./planning-port";
import { foretoldText, plannedText, planText } from "./words";

interface StartChecksProps {
  unit: Unit;
  asked: Settled<StartChecklist | null>;
}

/** What to look at before the start. Warnings may be accepted; what blocks, the start refuses too. */
export function StartChecks({ unit, asked }: StartChecksProps) {
  const { t } = useLocale();
  const format = useFormat();
  const port = usePlanningPort();
  const checks = asked.status === "done" ? asked.value?.checks : undefined;
  if (port === null) return null;
  if (asked.status === "failed")
    return (
      <p className="text-dense text-muted-foreground">{t("planning_failed", { reason: asked.message })}</p>
    );
  // As high as the usual list, so that the buttons stay where they are.
  return (
    <ul
      aria-label={t("start_checklist")}
      aria-busy={checks === undefined}
      className="grid min-h-40 content-start border-t"
    >
      {checks === undefined
        ? [0, 1, 2, 3, 4].map((row) => (
            <li key={row} className="flex h-8 items-center border-b">
              <Skeleton className="h-3 w-2/3" />
            </li>
          ))
        : checks.map((check) => <Check key={check.id} check={check} text={textOf(check, unit, t, format)} />)}
    </ul>
  );
}

function Check({ check, text }: { check: StartCheck; text: string }) {
  const { t } = useLocale();
  const Icon = icons[check.state];
  return (
    <li className="flex gap-2 border-b py-1.5 text-dense">
      <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", colors[check.state])} />
      <span className="wrap-anywhere text-pretty">
        {check.state !== "ok" && <span className="font-medium">{t(`start_check_${check.state}`)} </span>}
        {text}
      </span>
    </li>
  );
}

function textOf(check: StartCheck, unit: Unit, t: ReturnType<typeof useLocale>["t"], format: Format): string {
  switch (check.id) {
    case "metric":
      if (check.name !== null) return t("start_check_metric", { name: check.name });
      return check.withoutMetric === null
        ? t("start_check_no_metric")
        : t("start_check_without_metric", { reason: check.withoutMetric });
    case "unknown_metrics":
      return t("start_check_unknown_metrics", { keys: check.keys.join(", ") });
    case "split":
      return t("start_check_split", { count: check.variants });
    case "audience":
      if (check.matching === null) return t("start_check_visitors");
      if (check.matching === 0) return t("start_check_nobody");
      return t("audience_match", {
        matching: format.count(check.matching),
        total: plannedText(check.total ?? 0, unit, t, format),
      });
    case "traffic":
      return t("start_check_traffic", { share: format.percentage(check.percentage) });
    case "refusal":
      return say(t, check.refusal);
    case "previews":
      return check.unseen.length === 0
        ? t("start_check_previews_seen")
        : t("start_check_previews_unseen", { variants: format.list(check.unseen) });
    case "overlap": {
      const shared = check.others.filter(({ hasSameMetric }) => hasSameMetric);
      return shared.length > 0
        ? t("start_check_overlap_metric", { names: nameSome(shared, format) })
        : t("start_check_overlap", { count: check.others.length, names: nameSome(check.others, format) });
    }
    case "consent":
      return t("start_check_consent");
    case "length":
      return foretoldText(check.foretold, unit, t, format);
    case "plan":
      return planText(check.plan, unit, t, format);
    case "code":
      return check.lastAsk === null
        ? t("start_check_no_code")
        : t("start_check_code", {
            moment: format.moment(check.lastAsk.at),
            build: shortBuild(check.lastAsk.build),
          });
    case "stop":
      return t("start_check_stop", { moment: format.moment(new Date(check.at)) });
  }
}

const MOST_NAMES = 3;

/** A team may run dozens: the first few say which. */
function nameSome(others: readonly { name: string }[], { list }: Format): string {
  const names = others.slice(0, MOST_NAMES).map(({ name }) => name);
  return list(others.length > MOST_NAMES ? [...names, "…"] : names);
}

const icons: Record<CheckState, typeof CircleCheckIcon> = {
  ok: CircleCheckIcon,
  warning: TriangleAlertIcon,
  blocks: CircleAlertIcon,
};

const colors: Record<CheckState, string> = {
  ok: "text-success",
  warning: "text-warning",
  blocks: "text-destructive",
};
