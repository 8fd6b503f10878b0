import { cn } from "@calcom/ui";
import { useChartStatus } from "../ChartStatus";
import { CutName } from "../CutName";

interface TooltipCardProps {
  title: string;
  rows: readonly { name: string; value: string; color?: string }[];
}

/** More than these would be higher than the chart: where there is room, they stand side by side. */
const MOST_BELOW = 7;

/** The exact figures of one place of a chart; told to readers as the arrow keys go there. */
export function TooltipCard({ title, rows }: TooltipCardProps) {
  useChartStatus(`${title}: ${rows.map(({ name, value }) => `${name} ${value}`).join(", ")}`);
  const isLong = rows.length > MOST_BELOW;
  return (
    <div
      aria-hidden
      data-slot="chart-tooltip"
      className={cn(
        "max-w-72 rounded-md border bg-popover px-2.5 py-2 text-popover-foreground text-xs shadow-overlay",
        isLong && "sm:max-w-96",
      )}
    >
      <p className="mb-1 font-medium">{title}</p>
      <dl
        className={cn(
          "grid grid-cols-[minmax(0,auto)_auto] gap-x-4 gap-y-0.5 tabular-nums",
          isLong && "sm:grid-cols-[minmax(0,auto)_auto_minmax(0,auto)_auto]",
        )}
      >
        {rows.map(({ name, value, color }) => (
          <div key={name} className="contents">
            <dt className="flex min-w-0 items-center gap-1.5 text-muted-foreground">
              {color !== undefined && (
                <span
                  aria-hidden
                  className="size-2 shrink-0 rounded-[2px]"
                  style={{ backgroundColor: color }}
                />
              )}
              <CutName name={name} />
            </dt>
            <dd className="text-right">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
