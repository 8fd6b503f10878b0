import type * as React from "react";
import { cn } from "../lib/cn";
import { variantColor } from "../lib/variant-color";

/** The colour of a variant, beside its name. `index` is its place in the experiment; 0 is control. */
export function VariantSwatch({
  index,
  className,
  style,
  ...props
}: React.ComponentProps<"span"> & { index: number }) {
  return (
    <span
      aria-hidden
      data-slot="variant-swatch"
      className={cn("inline-block size-2.5 shrink-0 rounded-[2px]", className)}
      style={{ backgroundColor: variantColor(index), ...style }}
      {...props}
    />
  );
}
