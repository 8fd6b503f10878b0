import { Hint } from "@calcom/ui";
import type { MetricColumn } from "./metric-columns";

/** The name of a column, which explains itself where there is something to explain. */
export function ColumnLabel({ column: { label, hint } }: { column: MetricColumn }) {
  return hint === null ? label : <Hint text={hint}>{label}</Hint>;
}

/** What a column's head says where there is none. */
export function SmallLabel({ column }: { column: MetricColumn }) {
  return (
    <span className="text-muted-foreground text-xs lg:hidden">
      <ColumnLabel column={column} />
    </span>
  );
}
