// Where a table has no room, each row of a table is a block of two columns, and says itself what its figures are.

export const SMALL_ROW = "max-lg:grid max-lg:grid-cols-2 max-lg:gap-x-4 max-lg:gap-y-1 max-lg:py-3";
export const SMALL_CELL = "max-lg:min-w-0 max-lg:p-0";
