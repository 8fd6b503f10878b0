"use client";

import { useLocale } from "@calcom/lib/i18n";
import type { Lift } from "@calcom/statistics";
import { cn, Table, TableHead, TableHeader, TableRow, VariantSwatch } from "@calcom/ui";
import { useId, useState } from "react";
import type { Segment, StoredResult } from "../../../results/types";
import { SmallSegmentsNote } from "../SmallSegmentsNote";
import { segmentsOff } from "../split-words";
import { markedName } from "../words";
import { ChartEmpty } from "./ChartFigure";
import { Choice, chosenOf } from "./Choice";
import { LiftAxis } from "./LiftInterval";
import { commonLiftScale, type DrawnLift } from "./lift-scale";
import { type ChartVariant, orderedVariants } from "./ordered-variants";
import { BESIDE, BESIDE_FIGURES } from "./SegmentCell";
import { SegmentFindings } from "./SegmentFindings";
import { SegmentRows } from "./SegmentRows";
import type { Scale } from "./scale";
import { type Figures, useFigures } from "./useFigures";

/**
 * The primary metric among those of whom one fact was known at their exposure. Of many comparisons some stand out by
 * chance, so whether the effect differs is said by a test of all of them; of results without one, how many there are.
 */
export function SegmentsTable({ result }: { result: StoredResult }) {
  const { t } = useLocale();
  const figures = useFigures();
  const titleId = useId();
  const [picked, setChosen] = useState<string | null>(null);
  const { segments, segmentTests: tests = [] } = result;
  const variants = orderedVariants(result);
  const metric = result.metrics.find(({ key }) => key === segments[0]?.metric);
  const hasOthers = segments.length > 0 && result.metrics.some(({ key }) => key !== metric?.key);
  const facts = [...new Set(segments.map(({ fact }) => fact))];
  const off = result.analysis === null ? [] : segmentsOff(result.analysis.split);
  const isOff = ({ fact, value }: Pick<Segment, "fact" | "value">) =>
    off.some((one) => one.fact === fact && one.value === value);
  const isTooMany = variants.length > MOST_COLUMNS;
  const options = variants.flatMap(({ name }) =>
    name === result.control ? [] : [{ value: name, label: name }],
  );
  const chosen = chosenOf(options, picked);
  const shown = isTooMany
    ? variants.filter(({ name }) => name === result.control || name === chosen?.value)
    : variants;
  // One scale for all variants, also those that are not shown, so that choosing another keeps the scale.
  const lifts = tests.flatMap((one) => (isOff(one) || one.lift?.value == null ? [] : [drawnOf(one.lift)]));
  const scale = lifts.length === 0 ? null : commonLiftScale(lifts);
  const isBeside = scale !== null && shown.length === 2;
  const comparisons = segments.length * (variants.length - 1);
  return (
    <section aria-labelledby={titleId} className="flex min-w-0 flex-col gap-3">
      <div className="grid min-w-0 gap-1">
        <h3 id={titleId} className="wrap-anywhere flex min-h-7 items-center font-semibold text-base">
          {metric === undefined
            ? t("chart_segments")
            : t("chart_segments_of", { metric: markedName(metric, t) })}
        </h3>
        {tests.length > 0 && <SegmentFindings tests={tests} isOff={isOff} />}
        {tests.length === 0 && comparisons > 0 && (
          <p className="max-w-prose text-pretty text-dense text-muted-foreground">
            {t("chart_segments_remark", {
              count: comparisons,
              chance: expectedByChance(comparisons, figures),
            })}
          </p>
        )}
        {hasOthers && (
          <p className="max-w-prose text-pretty text-dense text-muted-foreground">
            {t("chart_segments_primary_only")}
          </p>
        )}
      </div>
      {segments.length === 0 ? (
        <ChartEmpty>{t(emptyKey(result))}</ChartEmpty>
      ) : (
        <>
          {isTooMany && (
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <Choice
                label={t("experiment_variant")}
                value={chosen?.value ?? ""}
                options={options}
                onChange={setChosen}
              />
            </div>
          )}
          <Table scrollLabel={t("chart_segments")}>
            <caption className="sr-only">{t("chart_segments_caption")}</caption>
            <TableHeader className="max-lg:hidden">
              <TableRow className="[&>*]:align-bottom [&>*]:pb-1.5">
                <TableHead className="sticky left-0 bg-background pl-0">{t("chart_segment")}</TableHead>
                {shown.map((variant, column) => (
                  <VariantHead
                    key={variant.name}
                    {...{ variant, isBeside }}
                    scale={column === 0 ? null : scale}
                  />
                ))}
              </TableRow>
            </TableHeader>
            {facts.map((fact) => (
              <SegmentRows
                key={fact}
                {...{ fact, tests, scale, isBeside, isOff }}
                segments={segments.filter((segment) => segment.fact === fact)}
                variants={shown}
                measured={metric ?? { kind: "conversion" }}
                unit={result.unit}
              />
            ))}
          </Table>
        </>
      )}
      <SmallSegmentsNote result={result} />
    </section>
  );
}

interface VariantHeadProps {
  variant: ChartVariant;
  /** Null of control, and where nothing is drawn. */
  scale: Scale | null;
  isBeside: boolean;
}

function VariantHead({ variant: { name, place }, scale, isBeside }: VariantHeadProps) {
  const isDrawnBeside = isBeside && scale !== null;
  return (
    <TableHead numeric className={cn("min-w-36 whitespace-normal last:pr-0", isDrawnBeside && "w-3/5")}>
      <div className={cn(isDrawnBeside && `${BESIDE} lg:items-end`)}>
        <span
          className={cn("inline-flex items-baseline justify-end gap-1.5", isDrawnBeside && BESIDE_FIGURES)}
        >
          <VariantSwatch index={place} />
          <span className="wrap-anywhere font-mono">{name}</span>
        </span>
        {scale !== null && (
          <div className={cn(isDrawnBeside && "flex-1 text-start")}>
            <LiftAxis scale={scale} tooNear={isDrawnBeside ? undefined : NARROW} />
          </div>
        )}
      </div>
    </TableHead>
  );
}

/** The share of a column among several that a label of its axis takes. */
const NARROW = 0.3;

/** With more variants than these, the columns are too many to compare: one variant is shown beside control. */
const MOST_COLUMNS = 4;

const drawnOf = ({ value, interval }: Lift): DrawnLift => ({ lift: value, interval });

function emptyKey(result: StoredResult): string {
  if (isAwaited(result)) return "chart_lift_none";
  if (!result.metrics.some(({ role }) => role === "primary")) return "chart_segments_no_primary";
  return (result.smallSegments ?? []).length > 0 ? "chart_segments_untested" : "chart_segments_none";
}

/** Whether the primary metric, which segments are of, is still to be compared: until then they are withheld too. */
function isAwaited({ analysis }: StoredResult): boolean {
  const primaries = (analysis?.metrics ?? []).filter(({ metric }) => metric.role === "primary");
  return primaries.some(
    ({ comparisons }) => comparisons.length > 0 && comparisons.every(({ status }) => status === "withheld"),
  );
}

/** Were there no difference at all, one in twenty would look like one at 95 %. */
function expectedByChance(comparisons: number, { count }: Figures): string {
  return count(Math.round(comparisons * 0.05 * 10) / 10);
}
