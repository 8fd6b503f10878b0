import { LoaderCircleIcon } from "lucide-react";
import type * as React from "react";
import { cn } from "../lib/cn";

/** Decoration only: whoever shows it also says in words (or by aria-busy) that something is under way. */
export function Spinner({ className, ...props }: React.ComponentProps<"svg">) {
  return (
    <LoaderCircleIcon
      aria-hidden
      data-slot="spinner"
      className={cn("size-4 animate-spin", className)}
      {...props}
    />
  );
}
