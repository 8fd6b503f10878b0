import { groupTokens, type Node, tokenize } from "./sql-tokens";

// Lays a statement out for a reader. Only whitespace between tokens changes: literals, names and comments stay as they
// are, so that what is read is what runs.

const WIDTH = 100;
/** In a line that is too long, groups of more than this are opened; shorter ones stay in one piece. */
const OPENED = 40;

/** The same statement, one clause a line, with what belongs together indented. */
export function layOutSql(statement: string): string {
  return layOut(groupTokens(tokenize(statement)), 0);
}

function layOut(nodes: readonly Node[], indent: number): string {
  const flat = flatten(nodes);
  if (flat !== null && indent + flat.length <= WIDTH) return flat;
  const clauses = splitNodes(nodes, isClause);
  if (clauses.length > 1) return layOutLines(clauses, indent);
  for (const isBreak of [isAfterComma, isCondition, isCase, isComparison]) {
    const parts = splitNodes(nodes, isBreak);
    if (parts.length > 1) return layOutLines(parts, isList(nodes) ? indent : indent + 2);
  }
  return inOneLine(nodes, indent);
}

function layOutLines(parts: readonly Node[][], indent: number): string {
  return parts.map((part) => layOut(part, indent)).join(`\n${" ".repeat(indent)}`);
}

/** On one line, except for long groups. */
function inOneLine(nodes: readonly Node[], indent: number): string {
  const margin = `\n${" ".repeat(indent)}`;
  let text = "";
  let isAfterComment = false;
  for (const node of nodes) {
    if (text !== "") text += isAfterComment ? margin : node.isApart ? " " : "";
    const flat = flatten([node]);
    isAfterComment = node.text.startsWith("--");
    if ("inner" in node && (flat === null || flat.length > OPENED))
      text += `${node.text}${margin}  ${layOut(node.inner, indent + 2)}${margin}${node.close}`;
    else text += flat ?? node.text;
  }
  return text;
}

/** Null if a comment needs the end of a line. */
function flatten(nodes: readonly Node[]): string | null {
  let text = "";
  for (const node of nodes) {
    if (node.text.startsWith("--")) return null;
    const inner = "inner" in node ? flatten(node.inner) : null;
    if ("inner" in node && inner === null) return null;
    if (node.isApart && text !== "") text += " ";
    text += "inner" in node ? [node.text, inner, node.close].join(node.text === "(" ? "" : " ") : node.text;
  }
  return text;
}

type IsBreak = (nodes: readonly Node[], index: number) => boolean;

/** Splits before each token for which `isBreak` holds. */
function splitNodes(nodes: readonly Node[], isBreak: IsBreak): Node[][] {
  const parts: Node[][] = [[]];
  nodes.forEach((node, index) => {
    if (index > 0 && isBreak(nodes, index)) parts.push([]);
    parts.at(-1)?.push(node);
  });
  return parts;
}

const readWord = (nodes: readonly Node[], index: number) => nodes[index]?.text.toUpperCase() ?? "";

const isClause: IsBreak = (nodes, index) => {
  const [before, word, next] = [index - 1, index, index + 1].map((at) => readWord(nodes, at));
  if (word === "JOIN") return !["LEFT", "CROSS", "INNER", "FULL", "RIGHT", "OUTER"].includes(before ?? "");
  if (word === "LEFT" || word === "CROSS") return next === "JOIN";
  if (word === "GROUP" || word === "ORDER") return next === "BY";
  if (word === "ROWS") return next === "BETWEEN";
  return ["SELECT", "FROM", "WHERE", "HAVING", "WINDOW", "LIMIT", "UNION"].includes(word ?? "");
};
/** For arguments, which have no leading word to indent the others below. */
const isList = (nodes: readonly Node[]) =>
  nodes.some(({ text }) => text === ",") &&
  !/^(WITH|SELECT|GROUP|ORDER|PARTITION|FROM)$/.test(readWord(nodes, 0));

const isAfterComma: IsBreak = (nodes, index) => readWord(nodes, index - 1) === ",";
const isCondition: IsBreak = (nodes, index) =>
  ["AND", "OR"].includes(readWord(nodes, index)) && readWord(nodes, index - 2) !== "BETWEEN";
const isCase: IsBreak = (nodes, index) => ["WHEN", "ELSE"].includes(readWord(nodes, index));
const isComparison: IsBreak = (nodes, index) =>
  readWord(nodes, index) === "<" && readWord(nodes, index + 1) === ">";
