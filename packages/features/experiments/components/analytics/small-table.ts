// Where a table has no room, each row of it is a block of a few columns, and says itself what its figures are. That is so on
// small screens (`blocks:` in globals.css), and wherever the table itself asks for it by `data-blocks`.

export const SMALL_ROW =
  "blocks:grid max-lg:grid-cols-2 lg:grid-cols-4 blocks:gap-x-4 blocks:gap-y-1 blocks:py-3";
export const SMALL_CELL = "blocks:min-w-0 blocks:p-0";
