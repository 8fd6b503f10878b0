import { splitKeys } from "../shared/keys";
import type { ReportBlock, ReportDocument, ReportRow } from "./document";

/**
 * Writes a report as Markdown (CommonMark with tables). Every text of it may have been typed by people, so each is
 * escaped: none can begin a heading, a link, an image, a table, code or HTML.
 */
export function toMarkdown({ title, mark, facts, sections }: ReportDocument): string {
  const parts = [
    `# ${escapeLine(title)}`,
    [...(mark === null ? [] : [`**${escapeLine(mark)}**`]), ...facts.map(escapeLine)].join(" · "),
    ...sections.flatMap(({ title: heading, blocks }) => [
      `## ${escapeLine(heading)}`,
      ...blocks.map(writeBlock),
    ]),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function writeBlock(block: ReportBlock): string {
  switch (block.kind) {
    case "text":
      return escapeText(block.text);
    case "rows":
      return block.rows.map(writeRow).join("\n");
    case "verdict":
      return [`**${escapeLine(block.title)}**`, escapeText(block.detail)]
        .filter((part) => part !== "")
        .join("\n\n");
    case "table": {
      const { title, note, columns, rows } = block;
      const table = [
        writeCells(columns.map(({ label }) => label)),
        `|${columns.map(({ isNumeric }) => (isNumeric ? " ---: |" : " --- |")).join("")}`,
        ...rows.map(writeCells),
      ].join("\n");
      return [title === null ? "" : `### ${escapeLine(title)}`, note === null ? "" : escapeText(note), table]
        .filter((part) => part !== "")
        .join("\n\n");
    }
  }
}

/** An item of a list, whose further lines belong to it. */
function writeRow({ term, values }: ReportRow): string {
  const lines = values.flatMap(linesOf).map(escapeLine);
  return `- **${escapeLine(term)}**: ${lines.join("\\\n  ")}`;
}

function writeCells(cells: readonly string[]): string {
  return `| ${cells.map(escapeLine).join(" | ")} |`;
}

/** Paragraphs and line breaks stay. */
function escapeText(text: string): string {
  return text
    .split(/(?:\r\n?|\n)[^\S\n]*(?:\r\n?|\n)\s*/)
    .map((paragraph) => linesOf(paragraph).map(escapeLine).join("\\\n"))
    .filter((paragraph) => paragraph !== "")
    .join("\n\n");
}

function linesOf(text: string): string[] {
  return text.split(/[\n\r\u2028\u2029]+/).filter((line) => line.trim() !== "");
}

/** One line of plain text: what Markdown would read as anything else is escaped. */
export function escapeLine(text: string): string {
  const plain = text.replace(UNSEEN, " ").replace(/\s+/g, " ").trim();
  const escaped = [...plain]
    .map((char, at, chars) => escapeChar(char, chars[at - 1], chars[at + 1]))
    .join("");
  return splitKeys(escaped)
    .map(({ text: part, isKey }) => (isKey ? writeKey(part) : part))
    .join("");
}

/** As code, in which nothing is escaped; a key that people made up for the sake of it stays text. */
function writeKey(escaped: string): string {
  const key = escaped.replace(/\\(.)/g, "$1");
  return /^[\w.:$()"\- ]+$/.test(key) ? `\`${key}\`` : escaped;
}

function escapeChar(char: string, before: string | undefined, after: string | undefined): string {
  const entity = ENTITIES[char];
  if (entity !== undefined) return entity;
  if (!/[!-/:-@[-`{-~]/.test(char) || isHarmless(char, before, after)) return char;
  return `\\${char}`;
}

/** For a file that is read as it is, too: within numbers and words these begin nothing. */
function isHarmless(char: string, before: string | undefined, after: string | undefined): boolean {
  // What a line begins with could begin a list, a quote or a heading.
  if (before === undefined) return char === "(" || char === '"' || char === "'";
  if (QUIET.has(char)) return true;
  if (char === "-") return isWordly(before) && isWordly(after);
  if (char === ".") return isDigit(before) && isDigit(after);
  if (char === "+") return isDigit(after);
  if (char === ":") return after === undefined || after === " ";
  if (char === ")") return !isDigit(before);
  return false;
}

const QUIET: ReadonlySet<string> = new Set([",", "'", '"', "%", "?", "(", "/", ";"]);
const isWordly = (char = "") => /[\p{L}\p{N}]/u.test(char);
const isDigit = (char = "") => /\d/.test(char);

/** Whoever takes the file for HTML reads text as well. */
const ENTITIES: Readonly<Record<string, string>> = { "<": "&lt;", ">": "&gt;", "&": "&amp;" };

/** Control characters, and those that turn the direction of what follows. */
const UNSEEN = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
