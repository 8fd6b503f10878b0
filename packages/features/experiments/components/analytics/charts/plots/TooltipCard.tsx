import { useChartStatus } from "../ChartStatus";

interface TooltipCardProps {
  title: string;
  rows: readonly { name: string; value: string; color?: string }[];
}

/** The exact figures of one place of a chart; told to readers as the arrow keys go there. */
export function TooltipCard({ title, rows }: TooltipCardProps) {
  useChartStatus(`${title}: ${rows.map(({ name, value }) => `${name} ${value}`).join(", ")}`);
  return (
    <div
      aria-hidden
      data-slot="chart-tooltip"
      className="max-w-72 rounded-md border bg-popover px-2.5 py-2 text-popover-foreground text-xs shadow-overlay"
    >
      <p className="mb-1 font-medium">{title}</p>
      <dl className="grid grid-cols-[auto_auto] gap-x-4 gap-y-0.5 tabular-nums">
        {rows.map(({ name, value, color }) => (
          <div key={name} className="contents">
            <dt className="wrap-anywhere flex items-center gap-1.5 text-muted-foreground">
              {color !== undefined && (
                <span aria-hidden className="size-2 rounded-[2px]" style={{ backgroundColor: color }} />
              )}
              {name}
            </dt>
            <dd className="text-right">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
