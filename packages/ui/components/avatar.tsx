"use client";

import { Avatar as AvatarPrimitive } from "radix-ui";
import type * as React from "react";
import { cn } from "../lib/cn";

export type AvatarProps = Omit<React.ComponentProps<typeof AvatarPrimitive.Root>, "children"> & {
  name: string;
  src?: string | null;
  size?: "sm" | "default";
  /** Where the name stands beside it, so that it is not read twice. */
  decorative?: boolean;
};

/** A picture where there is one, else the initials of the first and the last name. */
export function Avatar({
  name,
  src,
  size = "default",
  decorative = false,
  className,
  ...props
}: AvatarProps) {
  const naming = decorative ? { "aria-hidden": true } : { role: "img", "aria-label": name };
  return (
    <AvatarPrimitive.Root
      data-slot="avatar"
      className={cn(
        "relative inline-flex shrink-0 select-none items-center justify-center overflow-hidden rounded-full",
        "border bg-muted font-medium text-muted-foreground",
        size === "sm" ? "size-5 text-[9px]" : "size-7 text-[11px]",
        className,
      )}
      {...naming}
      {...props}
    >
      {src && <AvatarPrimitive.Image src={src} alt="" className="size-full object-cover" />}
      <AvatarPrimitive.Fallback>{initials(name)}</AvatarPrimitive.Fallback>
    </AvatarPrimitive.Root>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/u);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined];
  // By code point: a name may begin outside of the basic plane.
  return (
    letters
      .map((word) => (word ? ([...word][0] ?? "") : ""))
      .join("")
      .toLocaleUpperCase() || "?"
  );
}
