"use client";

import { useLocale } from "@calcom/lib/i18n";
import { cn, Disclosure, Skeleton } from "@calcom/ui";
import { type ReactNode, Suspense, useId, useState } from "react";
import { ChartStatus } from "./ChartStatus";
import { ChartTable, type ChartTableProps } from "./ChartTable";
import { Legend, type LegendSign } from "./Legend";
import type { ChartVariant } from "./ordered-variants";
import { useIsNear } from "./useIsNear";

interface ChartFigureProps {
  title: string;
  /** What it shows, in one sentence: the text that stands for the picture. */
  summary: ReactNode;
  /** Which metric, which variant. */
  controls?: ReactNode;
  legend?: readonly ChartVariant[];
  /** What is drawn besides variants. */
  signs?: readonly LegendSign[];
  /** Why there is nothing to draw; null where there is. */
  empty: string | null;
  table: ChartTableProps;
  /** The drawing. It is loaded when somebody scrolls near it. */
  children: ReactNode;
}

const HEIGHT = "h-60";

/** A chart with its heading, its sentence and the table behind it. The place of the drawing is kept until it is there. */
export function ChartFigure(props: ChartFigureProps) {
  const { title, summary, controls, legend = [], signs = [], empty, table, children } = props;
  const { t } = useLocale();
  const titleId = useId();
  const [place, setPlace] = useState<HTMLDivElement | null>(null);
  const isNear = useIsNear(place);
  const placeholder = <Skeleton className={cn("w-full", HEIGHT)} />;
  return (
    <section aria-labelledby={titleId} className="flex min-w-0 flex-col gap-3">
      <div className="grid gap-1">
        {/* As high as the controls, so that what stands beside each other is in line. */}
        <div className="flex min-h-7 flex-wrap items-center justify-between gap-x-4 gap-y-1">
          <h3 id={titleId} className="wrap-anywhere min-w-0 font-semibold text-base">
            {title}
          </h3>
          {empty === null && controls}
        </div>
        {empty === null && (
          <p className="wrap-anywhere min-h-[2lh] max-w-prose text-pretty text-dense text-muted-foreground">
            {summary}
          </p>
        )}
      </div>
      {empty === null ? (
        <>
          <div ref={setPlace} className={cn("min-w-0 text-xs tabular-nums", HEIGHT)}>
            {isNear ? (
              <ChartStatus>
                <Suspense fallback={placeholder}>{children}</Suspense>
              </ChartStatus>
            ) : (
              placeholder
            )}
          </div>
          <div className="flex flex-col gap-2">
            <Legend variants={legend} signs={signs} />
            <Disclosure
              className="w-full"
              summaryClassName="text-dense"
              summary={
                <>
                  {t("chart_show_as_table")}
                  <span className="sr-only">: {title}</span>
                </>
              }
            >
              <ChartTable {...table} />
            </Disclosure>
          </div>
        </>
      ) : (
        <ChartEmpty>{empty}</ChartEmpty>
      )}
    </section>
  );
}

/** As high as what stands beside it. */
export function ChartEmpty({ children }: { children: string }) {
  return (
    <p className="flex max-h-72 flex-1 items-center justify-center rounded-md border border-dashed px-4 py-3 text-center text-dense text-muted-foreground">
      <span className="max-w-prose text-pretty">{children}</span>
    </p>
  );
}
