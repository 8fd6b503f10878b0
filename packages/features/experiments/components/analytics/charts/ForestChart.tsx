"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Skeleton } from "@calcom/ui";
import { lazy, Suspense, useId } from "react";
import type { StoredResult } from "../../../results/types";
import { Keyed } from "../../shared/Keyed";
import { keyed } from "../../shared/keys";
import { useIsInBrowser } from "../../shared/useFormat";
import { missingRows } from "../missing-rows";
import { FOREST_GROUPS, forestRows } from "./forest-rows";

const ForestPlot = lazy(() => import("./plots/ForestPlot"));

/** About as high as the plot: nothing below it moves when that arrives. */
const ROW_REM = 3.25;
const GROUP_REM = 2;

/**
 * All metrics on one scale, a row for each variant: what a change did to everything that is measured, at one sight. Of a
 * single metric its own table is that already.
 */
export function ForestChart({ result }: { result: StoredResult }) {
  const { t } = useLocale();
  const titleId = useId();
  const isInBrowser = useIsInBrowser();
  const rows = forestRows(result);
  const missing = missingRows(result);
  const measured = new Set(rows.map(({ info }) => info.key)).size;
  const metrics = measured + missing.length;
  if (measured === 0 || metrics < 2) return null;
  const groups = FOREST_GROUPS.filter(
    (group) => rows.some((row) => row.group === group) || missing.some(({ role }) => role === group),
  ).length;
  const height = `${GROUP_REM * (groups + 1) + ROW_REM * (rows.length + missing.length)}rem`;
  const placeholder = <Skeleton className="w-full" style={{ height }} />;
  return (
    <section aria-labelledby={titleId} className="flex min-w-0 flex-col gap-3">
      <div className="grid gap-1">
        <h2 id={titleId} className="font-semibold text-base">
          {t("chart_forest")}
        </h2>
        <p className="max-w-prose text-pretty text-dense text-muted-foreground">
          <Keyed>{keyed(t)("chart_forest_summary", { count: metrics, control: result.control })}</Keyed>
        </p>
      </div>
      {isInBrowser ? (
        <Suspense fallback={placeholder}>
          <ForestPlot result={result} rows={rows} />
        </Suspense>
      ) : (
        placeholder
      )}
    </section>
  );
}
