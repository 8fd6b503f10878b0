import type { Mode } from "./bounds";
import type { Cell } from "./cell";
import { notesOf } from "./exceptions";
import type { Measure } from "./measure";
import { modes } from "./study";
import { paired, type Tally } from "./tally";

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
