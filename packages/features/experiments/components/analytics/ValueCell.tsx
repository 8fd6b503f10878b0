"use client";

import type { ArmResult } from "@calcom/statistics";
import { cn, TableCell } from "@calcom/ui";
import { SmallLabel } from "./ColumnLabel";
import { type Measured, useFigures } from "./charts/useFigures";
import type { MetricColumn } from "./metric-columns";
import { SMALL_CELL } from "./small-table";

interface ValueCellProps {
  arm: ArmResult | undefined;
  measured: Measured;
  column: MetricColumn;
}

/** What a variant came to, with the interval that describes it. */
export function ValueCell({ arm, measured, column }: ValueCellProps) {
  const figures = useFigures();
  if (arm === undefined || arm.value === null)
    return (
      <TableCell numeric className={cn("text-muted-foreground", SMALL_CELL, "max-lg:order-2")}>
        –
      </TableCell>
    );
  const { low = null, high = null } = arm.interval ?? {};
  return (
    <TableCell numeric className={cn(SMALL_CELL, "max-lg:order-2")}>
      <SmallLabel column={column} /> {figures.value(arm.value, measured)}
      {low !== null && high !== null && (
        <span className="block text-muted-foreground text-xs">
          {figures.value(low, measured)}–{figures.value(high, measured)}
        </span>
      )}
    </TableCell>
  );
}
