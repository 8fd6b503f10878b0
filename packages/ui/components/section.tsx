"use client";

import * as React from "react";
import { cn } from "../lib/cn";

export type SectionProps = Omit<React.ComponentProps<"section">, "title"> & {
  title: React.ReactNode;
  description?: React.ReactNode;
  actions?: React.ReactNode;
};

/** A named region of the page under an h2. */
export function Section({ title, description, actions, className, children, ...props }: SectionProps) {
  const titleId = React.useId();
  return (
    <section
      data-slot="section"
      aria-labelledby={titleId}
      className={cn("flex min-w-0 flex-col gap-4", className)}
      {...props}
    >
      <div
        className={cn(
          "flex flex-wrap justify-between gap-x-4 gap-y-2",
          description === undefined ? "items-center" : "items-start",
        )}
      >
        <div className="min-w-0">
          <h2 id={titleId} className="font-semibold text-base">
            {title}
          </h2>
          {description !== undefined && (
            <div className="max-w-prose text-pretty text-muted-foreground text-sm">{description}</div>
          )}
        </div>
        {actions !== undefined && <div className="flex items-center gap-2">{actions}</div>}
      </div>
      {children}
    </section>
  );
}
