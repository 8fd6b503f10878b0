// The door to the module's way of asking the database, for features that stand on its tables.
export { readLong } from "./long-statement";
export { nameOfRow } from "./names-sql";
export { execute, type Pool, queryRows, type SqlRunner, withActor } from "./runner";
