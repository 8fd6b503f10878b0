"use client";

import { useLocale } from "@calcom/lib/i18n";
import type { SegmentResult } from "@calcom/statistics";
import { cn, Hint, TableBody, TableRow } from "@calcom/ui";
import type { Segment, StoredResult } from "../../../results/types";
import { factName, PLAN, segmentValue, shortText } from "../segment-words";
import { SMALL_ROW } from "../small-table";
import { LiftAxis } from "./LiftInterval";
import type { ChartVariant } from "./ordered-variants";
import { SegmentCell } from "./SegmentCell";
import type { Scale } from "./scale";
import type { Measured } from "./useFigures";

interface SegmentRowsProps {
  fact: string;
  segments: readonly Segment[];
  tests: readonly SegmentResult[];
  /** Those that have a column. */
  variants: readonly ChartVariant[];
  measured: Measured;
  unit: StoredResult["unit"];
  scale: Scale | null;
  /** Whether the one variant beside control has room for its interval beside its figures. */
  isBeside: boolean;
  isOff: (segment: Pick<Segment, "fact" | "value">) => boolean;
}

/** All values of one fact. */
export function SegmentRows(props: SegmentRowsProps) {
  const { fact, segments, tests, variants, measured, unit, scale, isBeside, isOff } = props;
  const { t } = useLocale();
  return (
    <TableBody className="border-b last:border-0">
      <tr className="max-lg:block">
        <th
          scope="rowgroup"
          colSpan={variants.length + 1}
          className="pt-3 pb-1 text-left font-medium text-muted-foreground text-xs max-lg:block"
        >
          <span className={cn(fact !== PLAN && "font-mono")}>
            <ShortName>{factName(fact, t)}</ShortName>
          </span>
          {/* Below it all bars are as wide as each other, so that one axis serves them. */}
          {scale !== null && (
            <div className="lg:hidden">
              <LiftAxis scale={scale} />
            </div>
          )}
        </th>
      </tr>
      {segments.map((segment) => (
        <TableRow key={segment.value} className={SMALL_ROW}>
          <th
            scope="row"
            className="wrap-anywhere bg-background text-left align-top font-normal max-lg:col-span-full max-lg:font-medium lg:sticky lg:left-0 lg:min-w-28 lg:py-1.5 lg:pr-3"
          >
            <ShortName>{segmentValue(segment, t)}</ShortName>
            {isOff(segment) && (
              <span className="block font-medium text-warning text-xs">{t("chart_segments_split_off")}</span>
            )}
          </th>
          {variants.map((variant, place) => (
            <SegmentCell
              key={variant.name}
              {...{ segment, variant, measured, unit, scale }}
              isSplitOff={isOff(segment)}
              isBeside={isBeside && place > 0}
              test={tests.find(
                (one) =>
                  one.fact === segment.fact && one.value === segment.value && one.variant === variant.name,
              )}
            />
          ))}
        </TableRow>
      ))}
    </TableBody>
  );
}

/** The beginning of a long one; the whole where it is pointed at, focused or tapped. */
function ShortName({ children }: { children: string }) {
  const short = shortText(children);
  if (short === children) return children;
  return (
    <Hint className="wrap-anywhere" text={<span className="wrap-anywhere">{children}</span>}>
      {short}
    </Hint>
  );
}
