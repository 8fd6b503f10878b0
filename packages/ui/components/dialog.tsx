"use client";

import { XIcon } from "lucide-react";
import { Dialog as DialogPrimitive } from "radix-ui";
import type * as React from "react";
import { cn } from "../lib/cn";
import {
  closeButtonClasses,
  dialogContentClasses,
  dialogDescriptionClasses,
  dialogFooterClasses,
  dialogHeaderClasses,
  dialogOverlayClasses,
  dialogPageClasses,
  dialogTitleClasses,
} from "../lib/dialog-classes";
import { usePortalContainer } from "../lib/portal-container";
import { useReturnFocus } from "../lib/return-focus";

export function Dialog(props: React.ComponentProps<typeof DialogPrimitive.Root>) {
  return <DialogPrimitive.Root data-slot="dialog" {...props} />;
}

export function DialogTrigger(props: React.ComponentProps<typeof DialogPrimitive.Trigger>) {
  return <DialogPrimitive.Trigger data-slot="dialog-trigger" {...props} />;
}

export function DialogClose(props: React.ComponentProps<typeof DialogPrimitive.Close>) {
  return <DialogPrimitive.Close data-slot="dialog-close" {...props} />;
}

export function DialogContent({
  className,
  children,
  fillsSmallScreens = false,
  showCloseButton = true,
  closeLabel = "Close",
  onCloseAutoFocus,
  ...props
}: React.ComponentProps<typeof DialogPrimitive.Content> & {
  /** For those with much in them. */
  fillsSmallScreens?: boolean;
  showCloseButton?: boolean;
  closeLabel?: string;
}) {
  const focus = useReturnFocus(onCloseAutoFocus);
  return (
    <DialogPrimitive.Portal container={usePortalContainer()}>
      <DialogPrimitive.Overlay data-slot="dialog-overlay" className={cn(dialogOverlayClasses)} />
      <DialogPrimitive.Content
        data-slot="dialog-content"
        className={cn(dialogContentClasses, fillsSmallScreens && dialogPageClasses, className)}
        onCloseAutoFocus={focus.onCloseAutoFocus}
        {...props}
      >
        {focus.mark}
        {children}
        {showCloseButton && (
          <DialogPrimitive.Close aria-label={closeLabel} className={cn(closeButtonClasses)}>
            <XIcon className="size-4" />
          </DialogPrimitive.Close>
        )}
      </DialogPrimitive.Content>
    </DialogPrimitive.Portal>
  );
}

export function DialogHeader({ className, ...props }: React.ComponentProps<"div">) {
  return <div data-slot="dialog-header" className={cn(dialogHeaderClasses, className)} {...props} />;
}

/** The part between header and footer that scrolls when the dialog is taller than the screen. Its end keeps off the footer. */
export function DialogBody({ className, ...props }: React.ComponentProps<"div">) {
  return (
    <div
      data-slot="dialog-body"
      className={cn("scroll-shade -mx-5 -mb-1 min-h-0 flex-1 overflow-y-auto px-5 pt-0.5 pb-3", className)}
      {...props}
    />
  );
}

export function DialogFooter({ className, ...props }: React.ComponentProps<"div">) {
  return <div data-slot="dialog-footer" className={cn(dialogFooterClasses, className)} {...props} />;
}

export function DialogTitle({ className, ...props }: React.ComponentProps<typeof DialogPrimitive.Title>) {
  return (
    <DialogPrimitive.Title
      data-slot="dialog-title"
      className={cn(dialogTitleClasses, className)}
      {...props}
    />
  );
}

export function DialogDescription({
  className,
  ...props
}: React.ComponentProps<typeof DialogPrimitive.Description>) {
  return (
    <DialogPrimitive.Description
      data-slot="dialog-description"
      className={cn(dialogDescriptionClasses, className)}
      {...props}
    />
  );
}
