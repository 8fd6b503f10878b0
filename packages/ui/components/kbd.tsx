import type * as React from "react";
import { cn } from "../lib/cn";

export type KbdProps = React.ComponentProps<"kbd"> & {
  /** It hangs on a control: no use to a finger, nor on a screen that has no room to spare. */
  isHint?: boolean;
};

export function Kbd({ className, isHint = false, ...props }: KbdProps) {
  return (
    <kbd
      data-slot="kbd"
      className={cn(
        "inline-flex h-5 min-w-5 items-center justify-center rounded-sm border bg-muted px-1 font-sans text-muted-foreground text-xs",
        className,
        // Whatever else shows it.
        isHint && "pointer-coarse:hidden! max-sm:hidden!",
      )}
      {...props}
    />
  );
}
