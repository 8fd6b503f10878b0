/** What Select, DropdownMenu, Popover and Command share, so that every floating list looks the same. */
export const overlayClasses = [
  "z-50 overflow-y-auto overflow-x-hidden rounded-lg border bg-popover text-popover-foreground shadow-overlay",
  "outline-hidden data-[state=closed]:animate-exit data-[state=open]:animate-enter",
];

export const itemClasses = [
  "relative flex min-h-7 cursor-default select-none items-center gap-2 rounded-sm px-2 py-1 text-dense outline-hidden",
  "pointer-coarse:min-h-11 data-[highlighted]:bg-accent data-[highlighted]:text-accent-foreground",
  "data-[disabled]:pointer-events-none data-[disabled]:opacity-50",
  "[&_svg:not([class*='size-'])]:size-4 [&_svg]:shrink-0",
];

export const menuLabelClasses = "px-2 py-1.5 font-medium text-muted-foreground text-xs";

export const separatorClasses = "-mx-1 my-1 h-px bg-border";
