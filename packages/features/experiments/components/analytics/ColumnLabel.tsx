import { cn, Hint, TableCell } from "@calcom/ui";
import type { ReactNode } from "react";
import type { MetricColumn } from "./metric-columns";
import { SMALL_CELL, SMALL_LINE } from "./small-table";

/** The name of a column, which explains itself where there is something to explain. */
export function ColumnLabel({ column: { label, hint } }: { column: MetricColumn }) {
  return hint === null ? label : <Hint text={hint}>{label}</Hint>;
}

interface FigureCellProps {
  column: MetricColumn;
  /** Set to the start of its column, where that is one of words. */
  isOfWords?: boolean;
  children: ReactNode;
}

/** A figure below the head of its column, which it bears itself where the table has none. */
export function FigureCell({ column, isOfWords = false, children }: FigureCellProps) {
  return (
    <TableCell
      numeric={!isOfWords}
      className={cn(SMALL_CELL, SMALL_LINE, isOfWords && "lg:whitespace-nowrap")}
    >
      <span className="max-lg:whitespace-normal text-start text-muted-foreground lg:hidden">
        <ColumnLabel column={column} />
      </span>{" "}
      <span className="block max-lg:text-end">{children}</span>
    </TableCell>
  );
}
