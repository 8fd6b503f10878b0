import type * as React from "react";
import { cn } from "../lib/cn";
import { variantColor } from "../lib/variant-color";

export type SplitBarProps = Omit<React.ComponentProps<"div">, "children"> & {
  /** In the order of the experiment: the first is control. `percentage` in 0..100. */
  variants: readonly { name: string; percentage: number }[];
  /** What the bar shows, before the shares: "Split". */
  label?: string;
  formatPercentage?: (percentage: number) => string;
};

/**
 * The split as a bar in the variants' colours; in words: "control 50%, urgent 50%". What is missing to 100 stays empty;
 * where the sum is above 100 (somebody is typing), the shares are drawn relative to it.
 */
export function SplitBar({
  variants,
  label,
  formatPercentage = defaultFormat,
  className,
  ...props
}: SplitBarProps) {
  const shares = variants.map(({ name, percentage }) => `${name} ${formatPercentage(percentage)}`).join(", ");
  const sum = variants.reduce((total, { percentage }) => total + Math.max(0, percentage), 0);
  return (
    <div
      data-slot="split-bar"
      role="img"
      aria-label={label === undefined ? shares : `${label}: ${shares}`}
      title={shares}
      className={cn("flex h-2 w-full min-w-16 gap-px overflow-hidden rounded-[3px] bg-muted", className)}
      {...props}
    >
      {variants.map(({ name, percentage }, index) =>
        percentage > 0 ? (
          <span
            key={name}
            data-slot="split-bar-segment"
            className="h-full min-w-0.5 basis-0"
            style={{ flexGrow: percentage, backgroundColor: variantColor(index) }}
          />
        ) : null,
      )}
      {sum < 100 && <span data-slot="split-bar-rest" className="basis-0" style={{ flexGrow: 100 - sum }} />}
    </div>
  );
}

function defaultFormat(percentage: number): string {
  return `${Number(percentage.toFixed(2))}%`;
}
