import { touchAreaClasses } from "./touch-area";

/** What Dialog, AlertDialog and Sheet share. */
export const dialogOverlayClasses =
  "fixed inset-0 z-50 bg-overlay data-[state=closed]:animate-fade-out data-[state=open]:animate-fade-in";

export const dialogContentClasses = [
  "fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-2rem)] w-[calc(100%-2rem)] max-w-lg -translate-x-1/2 -translate-y-1/2",
  "flex-col gap-4 overflow-y-auto rounded-lg border bg-popover p-5 text-popover-foreground shadow-overlay outline-hidden",
  "data-[state=closed]:animate-exit data-[state=open]:animate-enter",
];

/** Below 640 px the whole page, as a sheet is. */
export const dialogPageClasses = [
  "max-sm:inset-0 max-sm:h-dvh max-sm:max-h-none max-sm:w-full max-sm:max-w-none max-sm:translate-0",
  "max-sm:rounded-none max-sm:border-0",
];

export const dialogHeaderClasses = "flex flex-col gap-1.5 pe-8";

export const dialogFooterClasses = "mt-auto flex flex-col-reverse gap-2 sm:flex-row sm:justify-end";

export const dialogTitleClasses = "wrap-anywhere text-balance font-semibold text-base leading-6";

export const dialogDescriptionClasses = "wrap-anywhere text-pretty text-muted-foreground text-sm";

export const closeButtonClasses = [
  "absolute end-4 top-4 flex size-7 items-center justify-center rounded-md text-muted-foreground",
  "transition-colors hover:bg-accent hover:text-foreground",
  ...touchAreaClasses,
];
