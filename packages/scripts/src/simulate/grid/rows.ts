import type { Mode } from "./bounds";
import type { Cell } from "./cell";
import { exceptions, notesOf } from "./exceptions";
import type { Measure } from "./measure";
import { modes } from "./study";
import { medianDay, paired, type Tally } from "./tally";

/** A line of the table. */
export interface Row {
  cell: Cell;
  mode: Mode;
  tally: Tally;
  figures: Figure[];
}

/** What a cell is held to. */
export interface Figure {
  measure: Measure;
  value: number;
  low: number;
  high: number;
  isMet: boolean;
}

/** Standard errors of the simulation: a band is left by chance once in 1,000. */
const SIGMAS = 3.29;
const LEVEL = 0.05;
/** Of the power of the bound with the true variance. */
const POWER_SHARE = 0.9;
/** In points against what was found before. */
const POWER_LOSS = 0.02;
const COMPARES = 0.95;

export function rowsOf(cell: Cell, tallies: Record<Mode, Tally>): Row[] {
  return modes.map((mode) => ({ cell, mode, tally: tallies[mode], figures: figuresOf(cell, tallies[mode]) }));
}

function figuresOf(cell: Cell, tally: Tally): Figure[] {
  return allFigures(cell, tally).filter(({ measure }) => notesOf(cell, tally.effect, measure).length === 0);
}

function allFigures({ split }: Cell, { none, effect }: Tally): Figure[] {
  const figures: Figure[] = [];
  if (none.runs > 0) {
    const high = LEVEL + band(LEVEL, none.runs);
    figures.push(figure("false-verdicts", none.falsely / none.runs, 0, high));
  }
  if (effect.compared > 0) {
    const low = 1 - LEVEL - band(LEVEL, effect.compared);
    figures.push(
      figure("coverage-difference", effect.inDifference / effect.compared, low, 1),
      figure("coverage-lift", effect.inLift / effect.compared, low, 1),
      figure("possible", 1 - effect.impossible / effect.compared, 1, 1),
    );
  }
  const power = paired(effect, effect.oracle, POWER_SHARE);
  figures.push(figure("power", power.mean, -SIGMAS * power.error, 1));
  if (split.id === "50/50") {
    figures.push(figure("power-as-before", paired(effect, effect.unguarded, 1).mean, -POWER_LOSS, 1));
  }
  if (none.minimum > 0) {
    const low = COMPARES - band(COMPARES, none.minimum);
    figures.push(figure("compares", none.compared / none.minimum, low, 1));
  }
  return figures;
}

function figure(measure: Measure, value: number, low: number, high: number): Figure {
  return { measure, value, low, high, isMet: value >= low && value <= high };
}

function band(target: number, runs: number): number {
  return SIGMAS * Math.sqrt((target * (1 - target)) / runs);
}

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
export function tableOf(rows: readonly Row[]): string {
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
