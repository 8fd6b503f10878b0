"use client";

import { XIcon } from "lucide-react";
import { Dialog as SheetPrimitive } from "radix-ui";
import type * as React from "react";
import { cn } from "../lib/cn";
import {
  closeButtonClasses,
  dialogDescriptionClasses,
  dialogOverlayClasses,
  dialogTitleClasses,
} from "../lib/dialog-classes";
import { keepOpenForToasts } from "../lib/keep-open-for-toasts";
import { usePortalContainer } from "../lib/portal-container";
import { useReturnFocus } from "../lib/return-focus";

export function Sheet(props: React.ComponentProps<typeof SheetPrimitive.Root>) {
  return <SheetPrimitive.Root data-slot="sheet" {...props} />;
}

export function SheetTrigger(props: React.ComponentProps<typeof SheetPrimitive.Trigger>) {
  return <SheetPrimitive.Trigger data-slot="sheet-trigger" {...props} />;
}

export function SheetClose(props: React.ComponentProps<typeof SheetPrimitive.Close>) {
  return <SheetPrimitive.Close data-slot="sheet-close" {...props} />;
}

/** A panel at the side; below 640 px it is the whole page. Put what scrolls into `SheetBody`. */
export function SheetContent({
  className,
  children,
  side = "right",
  showCloseButton = true,
  closeLabel = "Close",
  onCloseAutoFocus,
  ...props
}: React.ComponentProps<typeof SheetPrimitive.Content> & {
  side?: "left" | "right";
  showCloseButton?: boolean;
  closeLabel?: string;
}) {
  const focus = useReturnFocus(onCloseAutoFocus);
  return (
    <SheetPrimitive.Portal container={usePortalContainer()}>
      <SheetPrimitive.Overlay data-slot="sheet-overlay" className={cn(dialogOverlayClasses)} />
      <SheetPrimitive.Content
        data-slot="sheet-content"
        onInteractOutside={keepOpenForToasts}
        className={cn(
          "fixed inset-y-0 z-50 flex w-full flex-col bg-popover text-popover-foreground shadow-overlay outline-hidden",
          "data-[state=closed]:animate-sheet-out data-[state=open]:animate-sheet-in sm:max-w-lg",
          side === "right" ? "right-0 sm:border-l" : "left-0 [--sheet-offset:-24px] sm:border-r",
          className,
        )}
        onCloseAutoFocus={focus.onCloseAutoFocus}
        {...props}
      >
        {focus.mark}
        {children}
        {showCloseButton && (
          <SheetPrimitive.Close aria-label={closeLabel} className={cn(closeButtonClasses)}>
            <XIcon className="size-4" />
          </SheetPrimitive.Close>
        )}
      </SheetPrimitive.Content>
    </SheetPrimitive.Portal>
  );
}

export function SheetHeader({ className, ...props }: React.ComponentProps<"div">) {
  return (
    <div
      data-slot="sheet-header"
      className={cn("flex flex-col gap-1 border-b px-5 py-4 pe-14", className)}
      {...props}
    />
  );
}

export function SheetBody({ className, ...props }: React.ComponentProps<"div">) {
  return (
    <div
      data-slot="sheet-body"
      className={cn("min-h-0 flex-1 overflow-y-auto px-5 py-4", className)}
      {...props}
    />
  );
}

export function SheetFooter({ className, ...props }: React.ComponentProps<"div">) {
  return (
    <div
      data-slot="sheet-footer"
      className={cn("mt-auto flex justify-end gap-2 border-t px-5 py-3", className)}
      {...props}
    />
  );
}

export function SheetTitle({ className, ...props }: React.ComponentProps<typeof SheetPrimitive.Title>) {
  return (
    <SheetPrimitive.Title data-slot="sheet-title" className={cn(dialogTitleClasses, className)} {...props} />
  );
}

export function SheetDescription({
  className,
  ...props
}: React.ComponentProps<typeof SheetPrimitive.Description>) {
  return (
    <SheetPrimitive.Description
      data-slot="sheet-description"
      className={cn(dialogDescriptionClasses, className)}
      {...props}
    />
  );
}
