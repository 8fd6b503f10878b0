import type { Pool } from "pg";

/** A statement as the server has carried it out; those of triggers, foreign keys and DO blocks are there as well. */
export interface CarriedOut {
  text: string;
  /** Rows that its scans took from tables, or looked at and left. */
  rowsRead: number;
  rowsReturned: number;
  rowsWritten: number;
  /** Blocks of tables and indexes that it went through: what an index hides from the count of rows is seen here. */
  blocks: number;
  /** What the planner expects of it. */
  cost: number;
  /** How it came to the rows, and how many they were. */
  scans: string[];
}

/** Settings under which a server tells its clients the plan of every statement, by PostgreSQL's auto_explain. */
export function explained(connectionString: string, settings: Record<string, string> = {}): string {
  const url = new URL(connectionString);
  const all = {
    session_preload_libraries: "auto_explain",
    "auto_explain.log_min_duration": "0",
    "auto_explain.log_analyze": "on",
    "auto_explain.log_buffers": "on",
    "auto_explain.log_timing": "off",
    "auto_explain.log_nested_statements": "on",
    "auto_explain.log_format": "json",
    "auto_explain.log_level": "notice",
    ...settings,
  };
  const options = Object.entries(all).map(([name, value]) => `-c ${name}=${value}`);
  url.searchParams.set("options", options.join(" "));
  return url.href;
}

/** Gathers what a pool with an `explained` address carries out from now on. */
export function gatherPlans(pool: Pool): CarriedOut[] {
  const plans: CarriedOut[] = [];
  const heard = new WeakSet<object>();
  // Some are connected by now.
  pool.on("acquire", (client) => {
    if (heard.has(client)) return;
    heard.add(client);
    client.on("notice", ({ message = "" }) => {
      const json = message.indexOf("{");
      if (message.startsWith("duration:") && json > 0) plans.push(readPlan(JSON.parse(message.slice(json))));
    });
  });
  return plans;
}

/** The most that a statement of these few subjects needs. A scan past them meets thousands. */
const MOST_ROWS = 120;
const MOST_BLOCKS = 200;
/** A row that is written goes into several indexes, and triggers and foreign keys look at others. */
const BLOCKS_PER_WRITE = 80;

/** Whether it goes through more than the rows of a few subjects, of which it was asked. */
export function readsOthers({ rowsRead, rowsReturned, rowsWritten, blocks }: CarriedOut): boolean {
  // What loads the configurations returns what it reads.
  if (rowsReturned > MOST_ROWS && rowsReturned > 0.9 * rowsRead) return false;
  return rowsRead > MOST_ROWS || blocks > MOST_BLOCKS + rowsWritten * BLOCKS_PER_WRITE;
}

/** Dearer plans are compiled before they are run, which takes a hundred times as long as these: `jit_above_cost`. */
const COMPILED_ABOVE = 100_000;

/** Whether a server would compile the plan, as most do by default; the embedded one cannot. */
export function isCompiled({ cost }: CarriedOut): boolean {
  return cost > COMPILED_ABOVE;
}

interface PlanNode {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Parent Relationship"?: string;
  "Total Cost": number;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Index Recheck"?: number;
  "Shared Hit Blocks": number;
  "Shared Read Blocks": number;
  Plans?: PlanNode[];
}

function readPlan(explanation: { "Query Text": string; Plan: PlanNode }): CarriedOut {
  const top = explanation.Plan;
  const scans = listNodes(top).filter((node) => node["Relation Name"] !== undefined && isScan(node));
  const written = listNodes(top).flatMap(({ "Node Type": type, Plans = [] }) =>
    type === "ModifyTable" ? Plans.filter((node) => node["Parent Relationship"] === "Outer") : [],
  );
  return {
    text: explanation["Query Text"],
    rowsRead: Math.round(scans.reduce((sum, node) => sum + rowsReadBy(node), 0)),
    rowsReturned: Math.round(top["Actual Rows"] * top["Actual Loops"]),
    rowsWritten: Math.round(
      written.reduce((sum, node) => sum + node["Actual Rows"] * node["Actual Loops"], 0),
    ),
    cost: top["Total Cost"],
    blocks: top["Shared Hit Blocks"] + top["Shared Read Blocks"],
    scans: scans.map(
      (node) => `${node["Node Type"]} ${node["Index Name"] ?? node["Relation Name"]}: ${rowsReadBy(node)}`,
    ),
  };
}

function listNodes(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(listNodes)];
}

function isScan(node: PlanNode): boolean {
  return node["Node Type"].endsWith("Scan");
}

function rowsReadBy(node: PlanNode): number {
  const { "Rows Removed by Filter": filtered = 0, "Rows Removed by Index Recheck": rechecked = 0 } = node;
  return (node["Actual Rows"] + filtered + rechecked) * node["Actual Loops"];
}
