import type { ReactNode } from "react";

// Where a phone has no room for a table, each row of it is a block, and each figure a line that begins with its name.

export const PHONE_TABLE = "max-sm:block";
export const PHONE_HEAD = "max-sm:sr-only";
export const PHONE_BODY = "max-sm:block max-sm:border-t";
export const PHONE_ROW = "max-sm:block max-sm:py-2";
/** What the row is about. */
export const PHONE_TITLE = "max-sm:block max-sm:px-0 max-sm:py-0.5";
export const PHONE_CELL =
  "max-sm:flex max-sm:flex-wrap max-sm:justify-between max-sm:gap-x-4 max-sm:px-0 max-sm:py-0.5";

/** What the head of a column says, where a phone shows none. */
export function PhoneLabel({ children }: { children: ReactNode }) {
  return <span className="text-muted-foreground sm:hidden">{children}</span>;
}
