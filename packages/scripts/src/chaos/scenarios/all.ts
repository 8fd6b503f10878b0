import type { Scenario } from "../scenario";
import { clockOff } from "./clock-off";
import { databaseHung } from "./database-hung";
import { databaseKilled } from "./database-killed";
import { databaseSlow } from "./database-slow";
import { failover } from "./failover";
import { noConnections } from "./no-connections";
import { nodeKilled } from "./node-killed";
import { pooler } from "./pooler";
import { postHogAway } from "./posthog-away";
import { readOnly } from "./read-only";
import { restore } from "./restore";
import { rollingUpgrade } from "./rolling-upgrade";
import { smallHeap } from "./small-heap";
import { soak } from "./soak";
import { tableLocked } from "./table-locked";
import { nodeLeaves, nodeLost } from "./three-nodes";

/** In the order of their table. */
export const SCENARIOS: readonly Scenario[] = [
  nodeKilled,
  nodeLost,
  nodeLeaves,
  rollingUpgrade,
  databaseKilled,
  failover,
  restore,
  databaseHung,
  databaseSlow,
  tableLocked,
  readOnly,
  noConnections,
  pooler,
  postHogAway,
  clockOff,
  smallHeap,
  soak,
];
