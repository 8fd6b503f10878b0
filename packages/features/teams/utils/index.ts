// The door to how flags are resolved, for other features that have to agree with it.
export { joinSaid, levelFor, NEAREST_FIRST } from "./levels-sql";
export { isOnSql } from "./rollout-sql";
