"use client";

import { useLocale } from "@calcom/lib/i18n";
import type { ArmResult } from "@calcom/statistics";
import { intervalText } from "../shared/interval";
import { FigureCell } from "./ColumnLabel";
import { type Measured, useFigures } from "./charts/useFigures";
import type { MetricColumn } from "./metric-columns";

interface ValueCellProps {
  arm: ArmResult | undefined;
  measured: Measured;
  column: MetricColumn;
}

/** What a variant came to, with the interval that describes it. */
export function ValueCell({ arm, measured, column }: ValueCellProps) {
  const { t } = useLocale();
  const figures = useFigures();
  const { low = null, high = null } = arm?.interval ?? {};
  if (arm === undefined || arm.value === null)
    return (
      <FigureCell column={column}>
        <span className="text-muted-foreground">–</span>
      </FigureCell>
    );
  return (
    <FigureCell column={column}>
      {figures.value(arm.value, measured)}
      {low !== null && high !== null && (
        <span className="block text-muted-foreground text-xs">
          {intervalText({ low, high }, (bound) => figures.value(bound, measured), t)}
        </span>
      )}
    </FigureCell>
  );
}
