"use client";

import { useLocale } from "@calcom/lib/i18n";
import { cn, Skeleton } from "@calcom/ui";
import { CircleAlertIcon, CircleCheckIcon, TriangleAlertIcon } from "lucide-react";
import Link from "next/link";
import type { Unit } from "../../types/settings";
import type { CheckState, StartCheck, StartChecklist } from "../../utils/checklist";
import type { FormSection } from "../form/SectionNav";
import type { Settled } from "../form/targeting/use-settled";
import { useFormat } from "../shared/useFormat";
import { usePlanningPort } from "./planning-port";
import { startCheckText } from "./start-check-text";

interface StartChecksProps {
  unit: Unit;
  asked: Settled<StartChecklist | null>;
  /** The path of the edit form, to link failed checks to. Absent for people who can’t edit, and in the dialog. */
  editHref?: string | undefined;
}

/** What to look at before the start. Warnings may be accepted; what blocks, the start refuses too. */
export function StartChecks({ unit, asked, editHref }: StartChecksProps) {
  const { t } = useLocale();
  const format = useFormat();
  const port = usePlanningPort();
  if (port === null) return null;
  const { hasPreviews = true } = port;
  const found = asked.status === "done" ? asked.value?.checks : undefined;
  const checks = found
    ?.filter(({ id }) => hasPreviews || id !== "previews")
    .sort((a, b) => URGENCY.indexOf(a.state) - URGENCY.indexOf(b.state));
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
        : checks.map((check) => (
            <Check
              key={check.id}
              check={check}
              text={startCheckText(check, unit, t, format)}
              href={hrefOf(check, editHref)}
            />
          ))}
    </ul>
  );
}

function Check({ check, text, href }: { check: StartCheck; text: string; href: string | undefined }) {
  const { t } = useLocale();
  const Icon = icons[check.state];
  return (
    <li className="flex gap-2 border-b py-1.5 text-dense">
      <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", colors[check.state])} />
      <span className="wrap-anywhere text-pretty">
        {check.state !== "ok" && <span className="font-medium">{t(`start_check_${check.state}`)} </span>}
        {href === undefined ? (
          text
        ) : (
          <Link href={href} className="underline underline-offset-2 pointer-coarse:py-3">
            {text}
          </Link>
        )}
      </span>
    </li>
  );
}

/** The section of the form in which a failed check can be fixed, if there is one. */
function hrefOf({ id, state }: StartCheck, editHref: string | undefined): string | undefined {
  const section = state === "ok" ? undefined : SECTION_OF[id];
  return editHref !== undefined && section !== undefined ? `${editHref}#form-${section}` : undefined;
}

const SECTION_OF: Partial<Record<StartCheck["id"], FormSection>> = {
  metric: "measure",
  unknown_metrics: "measure",
  audience: "whom",
};

const URGENCY: readonly CheckState[] = ["blocks", "warning", "ok"];

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
