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

const HEAD = "| fault | promise | seen | load |\n|---|---|---|---|";

/** A row for each scenario. Rows of scenarios that did not run stay as they are in `before`. */
export function tableOf(
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
  const seen = leftOut === null ? findings.map(tell).join("; ") : `left out: ${leftOut}`;
  const text = seen.replaceAll("|", "/").replaceAll("\n", " ");
  return `| ${scenario.fault} | ${scenario.promise} | ${text} | ${load.toFixed(1)} |`;
}

function tell({ what, figure, met }: Finding): string {
  return met === false ? `**${what}: ${figure}**` : `${what}: ${figure}`;
}

/** Puts a text between two marks of a document. @throws RangeError where it has no such marks */
export function between(document: string, mark: string, change: (before: string) => string): string {
  const [open, close] = [`<!-- ${mark} -->\n`, `\n<!-- /${mark} -->`];
  const [from, to] = [document.indexOf(open) + open.length, document.indexOf(close)];
  if (from < open.length || to < from - 1) throw new RangeError(`The document has no marks for ${mark}.`);
  return document.slice(0, from) + change(document.slice(from, Math.max(from, to))) + document.slice(to);
}
