// The door to how flags are resolved, for other features that have to agree with it.
export { NEAREST_FIRST, TEAM_LEVELS } from "./levels-sql";
