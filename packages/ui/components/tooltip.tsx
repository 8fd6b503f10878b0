"use client";

import { Tooltip as TooltipPrimitive } from "radix-ui";
import * as React from "react";
import { cn } from "../lib/cn";
import { usePortalContainer } from "../lib/portal-container";

/** Once, around the app. Delay in milliseconds. */
export function TooltipProvider({
  delayDuration = 200,
  ...props
}: React.ComponentProps<typeof TooltipPrimitive.Provider>) {
  return <TooltipPrimitive.Provider data-slot="tooltip-provider" delayDuration={delayDuration} {...props} />;
}

export function Tooltip(props: React.ComponentProps<typeof TooltipPrimitive.Root>) {
  return <TooltipPrimitive.Root data-slot="tooltip" {...props} />;
}

export function TooltipTrigger(props: React.ComponentProps<typeof TooltipPrimitive.Trigger>) {
  return <TooltipPrimitive.Trigger data-slot="tooltip-trigger" {...props} />;
}

export function TooltipContent({
  className,
  sideOffset = 4,
  children,
  ...props
}: React.ComponentProps<typeof TooltipPrimitive.Content>) {
  return (
    <TooltipPrimitive.Portal container={usePortalContainer()}>
      <TooltipPrimitive.Content
        data-slot="tooltip-content"
        sideOffset={sideOffset}
        collisionPadding={8}
        className={cn(
          "z-50 w-fit max-w-72 text-pretty rounded-md bg-foreground px-2.5 py-1.5 text-background text-xs",
          "animate-fade-in data-[state=closed]:animate-fade-out",
          className,
        )}
        {...props}
      >
        {children}
      </TooltipPrimitive.Content>
    </TooltipPrimitive.Portal>
  );
}

export interface HintProps {
  text: React.ReactNode;
  className?: string;
  children: React.ReactNode;
}

/** A word that is explained where it is pointed at, focused or tapped: a `title` is out of reach for keys and fingers. */
export function Hint({ text, className, children }: HintProps) {
  const [isOpen, setOpen] = React.useState(false);
  return (
    <Tooltip open={isOpen} onOpenChange={setOpen}>
      <TooltipTrigger
        type="button"
        data-slot="hint"
        className={cn(
          "cursor-help rounded-sm text-inherit [text-align:inherit] underline decoration-dotted underline-offset-4",
          className,
        )}
        onClick={(event) => {
          // A click closes tooltips, and a finger has nothing but clicks.
          event.preventDefault();
          setOpen(true);
        }}
      >
        {children}
      </TooltipTrigger>
      <TooltipContent>{text}</TooltipContent>
    </Tooltip>
  );
}
