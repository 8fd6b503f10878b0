import { judgedBy } from "./judged";

/** `npm run chaos -- --quick`: it judges what was answered and what is stored, and never how long it took. */
export const chaos = judgedBy("chaos");
