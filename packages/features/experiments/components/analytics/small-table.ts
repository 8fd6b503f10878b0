// On a small screen each row of a table is a block of two columns, and says itself what its figures are.

export const SMALL_ROW = "max-sm:grid max-sm:grid-cols-2 max-sm:gap-x-4 max-sm:gap-y-1 max-sm:py-3";
export const SMALL_CELL = "max-sm:min-w-0 max-sm:p-0";
