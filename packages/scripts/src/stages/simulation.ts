import { judgedBy } from "./judged";

/** Both parts of `npm run simulate -- --quick`: the same seed each time, so that no draw decides over a change. */
export const simulation = judgedBy("simulate");
