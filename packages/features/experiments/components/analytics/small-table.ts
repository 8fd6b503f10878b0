// Below a desk's width each row of a table is a block of two columns, and says itself what its figures are.

export const SMALL_ROW =
  "max-lg:grid max-lg:grid-cols-2 max-lg:gap-x-4 sm:max-lg:gap-x-8 max-lg:gap-y-1.5 max-lg:py-3";
export const SMALL_CELL = "max-lg:min-w-0 max-lg:p-0";
/** A figure in it is a line: its name on the left, itself on the right, and on a phone no other beside it. */
export const SMALL_LINE =
  "max-lg:flex max-lg:items-baseline max-lg:justify-between max-lg:gap-x-3 max-sm:col-span-2";
