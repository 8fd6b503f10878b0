import { judgedBy } from "./judged";

/** Faults that are made on purpose: what was answered is judged, and never how long it took. */
export const chaos = judgedBy("chaos");
