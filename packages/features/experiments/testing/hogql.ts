import { type ExperimentEventName, experimentEventSchemas, propertiesOf } from "./event-schema";

type Node = { [key: string]: unknown };

const EVENTS = Object.keys(experimentEventSchemas) as ExperimentEventName[];
const COLUMNS = new Set(["event", "timestamp", "person_id", "distinct_id", "uuid", "properties"]);

/** What is wrong with a parsed query, besides its sense: events, properties, columns and tables that are not there. */
export function problemsOf(ast: unknown): string[] {
  if (!isNode(ast)) return ["It does not parse: nothing came back."];
  if (ast.error === true) return [`It does not parse: ${String(ast.message)}`];
  const problems: string[] = [];
  for (const select of nodesIn(ast, "SelectQuery")) problems.push(...problemsOfSelect(select, namesIn(ast)));
  for (const { expr } of nodesIn(ast, "Placeholder"))
    problems.push(`Nobody fills the placeholder {${isNode(expr) ? chainOf(expr).join(".") : ""}}.`);
  return [...new Set(problems)];
}

/** One SELECT without those inside of it, which are looked at on their own. */
function problemsOfSelect(select: Node, names: Names): string[] {
  const own = ownNodes(select);
  const events = own.flatMap(eventsComparedIn);
  const unknown = events.filter((event) => !EVENTS.some((known) => known === event));
  const known = EVENTS.filter((event) => events.includes(event));
  // A query of all events may use what any of ours has.
  const properties = new Set((known.length === 0 ? EVENTS : known).flatMap(propertiesOf));
  const tables = own.filter(({ node }) => node === "JoinExpr").map(({ table }) => table);
  return [
    ...unknown.map((event) => `No event ${event} is sent.`),
    ...tables
      .filter(isNode)
      .flatMap((table) => chainOf(table))
      .filter((table) => table !== "events" && !names.tables.has(table))
      .map((table) => `There is no table ${table}.`),
    ...own
      .filter(({ node }) => node === "Field")
      .map(chainOf)
      .filter((chain) => !isTable(chain, tables))
      .flatMap((chain) => problemsOfField(chain, properties, names)),
  ];
}

function problemsOfField(chain: string[], properties: Set<string>, names: Names): string[] {
  const [first = "", ...rest] = chain;
  const path = names.tables.has(first) ? rest : chain;
  const [column = "", property] = path;
  if (column === "*" || (path.length === 1 && names.columns.has(column))) return [];
  if (!COLUMNS.has(column)) return [`Events have no column ${chain.join(".")}.`];
  if (column !== "properties") return [];
  const isSent = property !== undefined && (properties.has(property) || property.startsWith("$feature/"));
  return isSent ? [] : [`No property ${property} is sent with these events.`];
}

interface Names {
  /** Of the query's own making: its CTEs, and the aliases of what it selects from. */
  tables: Set<string>;
  /** What its SELECTs call their results. */
  columns: Set<string>;
}

function namesIn(ast: Node): Names {
  const aliases = (kind: string) =>
    nodesIn(ast, kind).flatMap(({ alias }) => (typeof alias === "string" ? [alias] : []));
  const ctes = nodesIn(ast, "CTE").map(({ name }) => String(name));
  return { tables: new Set([...ctes, ...aliases("JoinExpr")]), columns: new Set(aliases("Alias")) };
}

/** The texts that `event` is compared with, by =, != and IN. */
function eventsComparedIn({ node, left, right }: Node): string[] {
  if (node !== "CompareOperation" || !isNode(left) || !isNode(right)) return [];
  if (chainOf(left).at(-1) !== "event") return [];
  return nodesIn(right, "Constant").flatMap(({ value }) => (typeof value === "string" ? [value] : []));
}

function isTable(chain: string[], tables: unknown[]): boolean {
  return (
    tables.some((table) => isNode(table) && chainOf(table).join(".") === chain.join(".")) &&
    chain.length === 1
  );
}

function chainOf({ chain }: Node): string[] {
  return Array.isArray(chain) ? chain.map(String) : [];
}

function nodesIn(value: unknown, kind: string): Node[] {
  const found: Node[] = [];
  visit(value, (node) => {
    if (node.node === kind) found.push(node);
    return true;
  });
  return found;
}

/** Of a SELECT, without what further SELECTs within it hold. */
function ownNodes(select: Node): Node[] {
  const found: Node[] = [];
  for (const part of Object.values(select))
    visit(part, (node) => {
      if (node.node === "SelectQuery") return false;
      found.push(node);
      return true;
    });
  return found;
}

function visit(value: unknown, enter: (node: Node) => boolean): void {
  if (Array.isArray(value)) for (const part of value) visit(part, enter);
  else if (isNode(value) && enter(value)) for (const part of Object.values(value)) visit(part, enter);
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
