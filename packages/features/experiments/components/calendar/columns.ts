/** Where there is room, words stand in a column of their own, and the days beside it. */
export const CALENDAR_COLUMNS = "lg:grid lg:grid-cols-[17rem_minmax(0,1fr)] lg:gap-x-4";
/** Where the days begin. */
export const BESIDE_WORDS = "lg:ms-[18rem]";
