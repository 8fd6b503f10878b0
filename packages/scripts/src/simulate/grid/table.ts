import { exceptions, notesOf } from "./exceptions";
import type { Measure } from "./measure";
import type { Row } from "./rows";
import { medianDay } from "./tally";

const HEADS = [
  "kind",
  "split",
  "mode",
  "units",
  "false verdicts",
  "unguarded",
  "coverage",
  "of the lift",
  "lift",
  "power",
  "of the oracle",
  "compares",
  "from day",
  "note",
];

/** Markdown; what is outside its band is bold. Below it, the notes. */
export function formatTable(rows: readonly Row[]): string {
  const lines = rows.map(({ cell, mode, tally: { none, effect, lift }, figures }) => {
    const missed = (...measures: Measure[]) =>
      figures.some(({ measure, isMet }) => !isMet && measures.includes(measure));
    const said = (text: string, ...measures: Measure[]) => (missed(...measures) ? `**${text}**` : text);
    return [
      cell.kind.name,
      cell.split.id,
      mode,
      cell.units.toLocaleString("en"),
      said(percent(none.falsely, none.runs), "false-verdicts"),
      percent(none.unguarded, none.runs),
      said(percent(effect.inDifference, effect.compared), "coverage-difference"),
      said(percent(effect.inLift, effect.compared), "coverage-lift", "possible"),
      signedPercent(lift),
      said(percent(effect.found.runs, effect.runs), "power", "power-as-before"),
      percent(effect.oracle.runs, effect.runs),
      said(percent(none.compared, none.minimum), "compares"),
      none.runs === 0 ? "–" : mode === "fixed" ? "end" : (medianDay(none)?.toString() ?? "never"),
      notesOf(cell, effect).join(", "),
    ];
  });
  const table = [HEADS, HEADS.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`);
  const notes = exceptions.map(({ why }, i) => `${i + 1}. ${why}`);
  return [...table, "", ...notes].join("\n");
}

function signedPercent(lift: number): string {
  return `${lift < 0 ? "−" : "+"}${(100 * Math.abs(lift)).toFixed(Math.abs(lift) < 0.1 ? 1 : 0)} %`;
}

function percent(part: number, whole: number): string {
  if (whole === 0) return "–";
  const share = (100 * part) / whole;
  return `${share.toFixed(share > 0 && share < 10 ? 1 : 0)} %`;
}
