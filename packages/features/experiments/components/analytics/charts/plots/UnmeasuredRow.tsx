"use client";

import { Button, cn, TableCell, TableRow } from "@calcom/ui";
import type { UnmeasuredMetric } from "../../../../metrics/planned";
import { SMALL_CELL, SMALL_ROW } from "../../small-table";
import type { Words } from "../../words";

interface UnmeasuredRowProps {
  metric: UnmeasuredMetric;
  words: Words;
  onOpenSetup: (() => void) | undefined;
}

/** A metric of the plan without figures: why, and the way to what can be mended. */
export function UnmeasuredRow({ metric: { key, name }, words, onOpenSetup }: UnmeasuredRowProps) {
  const { t } = words;
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
        className={cn("wrap-anywhere whitespace-normal pr-0", SMALL_CELL, "max-lg:col-span-2")}
      >
        {t("results_unmeasured_row", { fault: words.faultOf(key) })}{" "}
        {onOpenSetup !== undefined && (
          <Button type="button" variant="link" className="h-auto p-0 text-dense" onClick={onOpenSetup}>
            {t("results_open_setup")}
          </Button>
        )}
      </TableCell>
    </TableRow>
  );
}
