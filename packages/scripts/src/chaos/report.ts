import { type Finding, isMet, type Outcome, type Pace } from "./scenario";

/** What a scenario has shown, for the terminal. */
export function describe(outcome: Outcome, pace: Pick<Pace, "isQuick">): string {
  const { scenario, findings, leftOut, seconds, load } = outcome;
  if (leftOut !== null) return `left out  ${scenario.name}: ${leftOut}`;
  const word = isMet(outcome, pace) ? "met     " : "MISSED  ";
  const lines = findings.map(
    ({ what, figure, met, isTime }) =>
      `          ${met === false ? (pace.isQuick && isTime ? "late" : "NOT ") : "    "} ${what}: ${figure}`,
  );
  return [
    `${word}  ${scenario.name} (${seconds.toFixed(0)} s, load ${load.toFixed(1)}): ${scenario.promise}`,
    ...lines,
  ].join("\n");
}

const HEAD = "| fault | promise | failures that did not occur | measurements | load |\n|---|---|---|---|---|";

/** A row for each scenario. Rows of scenarios that did not run stay as they are in `before`. */
export function formatTable(
  names: readonly Outcome["scenario"][],
  outcomes: readonly Outcome[],
  before: string,
): string {
  const known = new Map(
    before
      .split("\n")
      .filter((line) => line.startsWith("| "))
      .map((line) => [faultIn(line), line]),
  );
  for (const outcome of outcomes) known.set(outcome.scenario.fault, rowOf(outcome));
  const rows = names.flatMap(({ fault }) => known.get(fault) ?? []);
  return [HEAD, ...rows].join("\n");
}

function faultIn(row: string): string {
  return row.split(" | ")[0]?.replace(/^\| /, "") ?? "";
}

function rowOf({ scenario, findings, leftOut, load }: Outcome): string {
  const none = findings.filter(isNone).map(({ what }) => what);
  const figures =
    leftOut === null ? findings.filter((one) => !isNone(one)).map(tell) : [`left out: ${leftOut}`];
  const cells = [scenario.fault, scenario.promise, none.join(", "), figures.join("; "), load.toFixed(1)];
  return `| ${cells.map((text) => text.replaceAll("|", "/").replaceAll("\n", " ")).join(" | ")} |`;
}

/** What there was to be none of, and is none of. */
function isNone({ figure, met }: Finding): boolean {
  return met === true && /^0( |$)/.test(figure);
}

function tell({ what, figure, met }: Finding): string {
  const text = met === true && figure === "yes" ? what : `${what}: ${figure}`;
  return met === false ? `**${text}**` : text;
}

/** Puts a text between two marks of a document. @throws RangeError where it has no such marks */
export function between(document: string, mark: string, change: (before: string) => string): string {
  const [open, close] = [`<!-- ${mark} -->\n`, `\n<!-- /${mark} -->`];
  const [from, to] = [document.indexOf(open) + open.length, document.indexOf(close)];
  if (from < open.length || to < from - 1) throw new RangeError(`The document has no marks for ${mark}.`);
  return document.slice(0, from) + change(document.slice(from, Math.max(from, to))) + document.slice(to);
}
