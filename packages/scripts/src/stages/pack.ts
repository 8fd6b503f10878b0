import { judgedBy } from "./judged";

/** What other applications install: built, linted, its types judged and its doors opened. */
export const packed = judgedBy("pack");
