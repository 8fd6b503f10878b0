"use client";

import { useLocale } from "@calcom/lib/i18n";
import {
  Button,
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
  toast,
} from "@calcom/ui";
import { ChevronDownIcon, RefreshCwIcon } from "lucide-react";
import type { ResultsView } from "../../results/types";
import { RelativeTime } from "../RelativeTime";
import { useFormat } from "../shared/useFormat";
import type { ResultsActions } from "./results-state";

/** How old the figures are and where they are from, and what can be done with them. */
export function ResultsToolbar({ view, actions }: { view: ResultsView; actions: ResultsActions }) {
  const { t } = useLocale();
  const { moment } = useFormat();
  const { result, receipt } = view;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-dense text-muted-foreground">
        {result !== null && (
          <p>
            {result.look !== null && (
              <>
                {t("results_as_of_moment", { moment: moment(new Date(result.look)) })}
                {" · "}
              </>
            )}
            {t("results_as_of")} <RelativeTime date={new Date(result.asOf)} />
          </p>
        )}
        <Source posthog={actions.posthog} />
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {receipt === null && (
          <Button variant="outline" size="sm" loading={actions.isRefreshing} onClick={actions.onRefresh}>
            <RefreshCwIcon />
            {t("results_refresh")}
          </Button>
        )}
        {result !== null && <ExportMenu asOf={result.asOf} actions={actions} />}
      </div>
    </div>
  );
}

/** These figures are counted in the application's own database; where a project is known, PostHog has the events too. */
function Source({ posthog }: Pick<ResultsActions, "posthog">) {
  const { t } = useLocale();
  if (posthog === null) return <p>{t("results_source")}</p>;
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="sm" className="-mx-2 font-normal text-muted-foreground">
          {t("results_source")}
          <ChevronDownIcon />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start">
        <DropdownMenuItem asChild>
          <a href={posthog.funnel} target="_blank" rel="noreferrer">
            {t("results_posthog_funnel")}
          </a>
        </DropdownMenuItem>
        <DropdownMenuItem asChild>
          <a href={posthog.sql} target="_blank" rel="noreferrer">
            {t("results_posthog_sql")}
          </a>
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

function ExportMenu({ asOf, actions }: { asOf: string; actions: ResultsActions }) {
  const { t } = useLocale();
  const { onExport, isExporting } = actions;
  async function copyLink() {
    // The clipboard is missing on plain http, and may be refused.
    try {
      await navigator.clipboard.writeText(linkTo(asOf));
      toast.success(t("results_link_copied"));
    } catch {
      toast.error(t("could_not_copy"));
    }
  }
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="outline" size="sm" loading={isExporting}>
          {t("results_export")}
          <ChevronDownIcon />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuItem onSelect={() => onExport("csv")}>{t("results_export_csv")}</DropdownMenuItem>
        <DropdownMenuItem onSelect={() => onExport("json")}>{t("results_export_json")}</DropdownMenuItem>
        <DropdownMenuItem onSelect={() => void copyLink()}>{t("results_copy_link")}</DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

/** The link names its results, so that the page can say when there are newer ones. */
function linkTo(asOf: string): string {
  const { origin, pathname } = window.location;
  return `${origin}${pathname}?${new URLSearchParams({ tab: "results", asOf })}`;
}
