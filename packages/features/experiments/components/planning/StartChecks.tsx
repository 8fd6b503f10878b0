"use client";

import { useLocale } from "@calcom/lib/i18n";
import { cn, Skeleton } from "@calcom/ui";
import { CircleAlertIcon, CircleCheckIcon, InfoIcon, TriangleAlertIcon } from "lucide-react";
import Link from "next/link";
import type { Unit } from "../../types/settings";
import type { CheckState, StartCheck, StartChecklist } from "../../utils/checklist";
import type { FormSection } from "../form/SectionNav";
import type { Settled } from "../form/targeting/use-settled";
import type { SetupSection } from "../shared/paths";
import { useFormat } from "../shared/useFormat";
import { usePlanningPort } from "./planning-port";
import { startCheckText } from "./start-check-text";

/** Where checks are mended. */
export interface CheckLinks {
  /** The path of the edit form; absent for people who can’t edit. */
  edit?: string | undefined;
  /** The path of the setup, which has the code and the previews. */
  setup: string;
  onFollow?: () => void;
}

interface StartChecksProps {
  unit: Unit;
  asked: Settled<StartChecklist | null>;
  links?: CheckLinks;
  /** Names what blocks, for the button that it describes. */
  blockersId?: string;
  /** Whether the metric is asked for beside it: then it is not said once more that one is missing. */
  isMetricAsked?: boolean;
  /** Whether the forecast stands beside it, which says the target and the duration. */
  isForecastBeside?: boolean;
}

/** What to look at before the start. Warnings may be accepted; what blocks, the start refuses too. */
export function StartChecks({
  unit,
  asked,
  links,
  blockersId,
  isMetricAsked = false,
  isForecastBeside = false,
}: StartChecksProps) {
  const { t } = useLocale();
  const format = useFormat();
  const port = usePlanningPort();
  if (port === null) return null;
  const { hasPreviews = true } = port;
  const found = asked.status === "done" ? asked.value?.checks : undefined;
  const checks = found
    ?.filter(({ id }) => (hasPreviews || id !== "previews") && !(isMetricAsked && id === "metric"))
    .filter((check) => !isForecastBeside || isDoubtful(check) || !FORETOLD.includes(check.id))
    // What is to be known comes before what is well.
    .sort((a, b) => Number(a.state === "ok") - Number(b.state === "ok"));
  if (asked.status === "failed")
    return (
      <p className="text-dense text-muted-foreground">{t("planning_failed", { reason: asked.message })}</p>
    );
  if (checks === undefined)
    // As high as the usual list, so that the buttons stay where they are.
    return (
      <ul aria-label={t("start_checklist")} aria-busy className="grid min-h-40 content-start border-t">
        {[0, 1, 2, 3, 4].map((row) => (
          <li key={row} className="flex h-8 items-center border-b">
            <Skeleton className="h-3 w-2/3" />
          </li>
        ))}
      </ul>
    );
  const groups = [
    { title: BLOCKERS, checks: checks.filter(({ state }) => state === "blocks") },
    { title: "start_check_warning", checks: checks.filter(({ state }) => state === "warning") },
    // Where nothing is in doubt, it is all there is.
    {
      title: checks.some(isDoubtful) ? "start_check_others" : null,
      checks: checks.filter((check) => !isDoubtful(check)),
    },
  ];
  return (
    <div className="grid min-h-40 content-start gap-3">
      {groups
        .filter((group) => group.checks.length > 0)
        .map(({ title, checks }) => {
          const heading = title === null ? null : t(title, { count: checks.length });
          return (
            <div key={title} id={title === BLOCKERS ? blockersId : undefined}>
              {heading !== null && <h3 className="mb-1 font-medium text-dense">{heading}</h3>}
              <ul aria-label={heading ?? t("start_checklist")} className="grid border-t">
                {checks.map((check) => (
                  <Check
                    key={check.id}
                    check={check}
                    text={startCheckText(check, unit, t, format)}
                    href={links && hrefOf(check, links)}
                    onFollow={links?.onFollow}
                  />
                ))}
              </ul>
            </div>
          );
        })}
    </div>
  );
}

interface CheckProps {
  check: StartCheck;
  text: string;
  href: string | undefined;
  onFollow: (() => void) | undefined;
}

function Check({ check, text, href, onFollow }: CheckProps) {
  const Icon = icons[check.state];
  return (
    <li className="flex gap-2 border-b py-1.5 text-dense">
      <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", colors[check.state])} />
      <span className="wrap-anywhere text-pretty">
        {href === undefined ? (
          text
        ) : (
          <Link href={href} onClick={onFollow} className="underline underline-offset-2 pointer-coarse:py-3">
            {text}
          </Link>
        )}
      </span>
    </li>
  );
}

function isDoubtful({ state }: StartCheck): boolean {
  return state === "warning" || state === "blocks";
}

/** Where a doubtful check is mended, as far as somebody may: a section of the form, or of the setup. */
function hrefOf(check: StartCheck, { edit, setup }: CheckLinks): string | undefined {
  if (!isDoubtful(check)) return undefined;
  const place = PLACES[check.id];
  if (place === undefined) return edit;
  if ("setup" in place) return `${setup}#${place.setup}`;
  return edit && `${edit}#form-${place.form}`;
}

const BLOCKERS = "start_check_blocks";

const FORETOLD: StartCheck["id"][] = ["plan", "length"];

/** Settings that do not fit may be any of the form's. */
const PLACES: Partial<Record<StartCheck["id"], { form: FormSection } | { setup: SetupSection }>> = {
  metric: { form: "measure" },
  unknown_metrics: { form: "measure" },
  failing_metric: { form: "measure" },
  length: { form: "measure" },
  audience: { form: "whom" },
  traffic: { form: "whom" },
  overlap: { form: "whom" },
  previews: { setup: "preview-links" },
  code: { setup: "use-in-code" },
};

const icons: Record<CheckState, typeof CircleCheckIcon> = {
  ok: CircleCheckIcon,
  info: InfoIcon,
  warning: TriangleAlertIcon,
  blocks: CircleAlertIcon,
};

const colors: Record<CheckState, string> = {
  ok: "text-success",
  info: "text-muted-foreground",
  warning: "text-warning",
  blocks: "text-destructive",
};
