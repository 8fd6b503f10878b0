"use client";

import type { Translate } from "@calcom/lib/i18n";
import { cn, TableCell, TableRow } from "@calcom/ui";
import type { UnmeasuredMetric } from "../../../../metrics/planned";
import { SMALL_CELL, SMALL_ROW } from "../../small-table";

interface UnmeasuredRowProps {
  metric: UnmeasuredMetric;
  t: Translate;
}

/** A metric of the plan without figures: its section says why, and leads to what can be mended. */
export function UnmeasuredRow({ metric: { name }, t }: UnmeasuredRowProps) {
  return (
    <TableRow className={SMALL_ROW}>
      <th
        scope="row"
        className={cn("wrap-anywhere py-2 pr-3 text-left font-normal", SMALL_CELL, "max-lg:col-span-2")}
      >
        {name}
      </th>
      <TableCell
        colSpan={3}
        className={cn(
          "wrap-anywhere whitespace-normal pr-0 text-muted-foreground",
          SMALL_CELL,
          "max-lg:col-span-2",
        )}
      >
        {t("results_unmeasured")}
      </TableCell>
    </TableRow>
  );
}
