import type { Scenario } from "../scenario";
import { databaseHung } from "./database-hung";
import { databaseKilled } from "./database-killed";
import { nodeKilled } from "./node-killed";

/** In the order of their table. */
export const SCENARIOS: readonly Scenario[] = [nodeKilled, databaseKilled, databaseHung];
