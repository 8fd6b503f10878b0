import { ScriptError } from "@calcom/lib/script-error";
import { type Check, check } from "../engine/check";
import type { Mode } from "./bounds";
import { type Cell, cells } from "./cell";
import { studyAll } from "./crew";
import type { Measure } from "./measure";
import { type Row, rowsOf } from "./rows";
import { nothingAmongFew } from "./special";
import { splitsThatAreOff, trueSplits } from "./split-checks";
import { formatTable } from "./table";
import type { Tallies, Task } from "./task";

export interface GridOptions {
  quick: boolean;
  seed: number;
  /** Cells whose id matches; all where absent, and in a quick run a sample. */
  pattern?: string;
  /** Of each cell; 2,000 and 500 where absent. */
  runs?: number;
  onProgress?: (done: number, all: number, next: string) => void;
  /** Given the table, in Markdown. */
  onTable?: (table: string) => void;
}

/** What was wrong before there was a guard, and what is right in any case: at all splits, and with two that change. */
export const SAMPLE = [
  "conversion-1_90/10_10000",
  "conversion-10_50/50_10000",
  "conversion-10_ramp_10000",
  "price-1_95/5_10000",
  "price-1_80/5/5/5/5_10000",
  "lognormal-sparse_99/1_10000",
  "refunds_70/30_10000",
  "per-booking_95/5_10000",
  "cuped-rate_80/20_10000",
  "teams-few_90/10_400",
];

/** At these, and of the sample at those, a fall is to be found as well as a rise. */
const FALLING_SPLITS = ["95/5", "5/95"];
export const FALLING_SAMPLE = ["conversion-1_90/10_10000", "refunds_70/30_10000"];

const FULL = { none: 2_000, effect: 500 };
/** At 50/50 power is compared with what it was, to two points. */
const AT_EVEN = { none: 2_000, effect: 2_000 };
const QUICK = { none: 100, effect: 60 };
const SPLIT_RUNS = 3_000;

/** Kinds of metric × splits × modes: false verdicts, coverage, power, and whether it compares at all. */
export async function gridChecks(options: GridOptions): Promise<Check[]> {
  const { seed, pattern, onProgress, onTable } = options;
  const chosen = chosenCells(options);
  const falling = chosen.filter(({ id, split }) =>
    options.quick ? FALLING_SAMPLE.includes(id) : FALLING_SPLITS.includes(split.id),
  );
  const tasks = [
    ...chosen.map((cell) => taskOf(cell, options)),
    ...falling.map((cell) => fallOf(cell, options)),
    ...(pattern === undefined ? lifted(options) : []),
  ];
  const all = tasks.length + 1;
  onProgress?.(0, all, "the split");
  const specials =
    pattern === undefined
      ? [nothingAmongFew(), splitsThatAreOff(), trueSplits(splitRunsOf(options), seed)]
      : [];
  const found = await studyAll(tasks, (done, { cell }) => onProgress?.(done, all, cell));
  const rows = [...chosen, ...falling].flatMap((cell, i) => {
    const tallies = found[i];
    return tallies === undefined ? [] : rowsOf(cell, tallies);
  });
  const others = chosen.length + falling.length;
  onTable?.(formatTable(rows));
  onProgress?.(all, all, "done");
  return [
    ...summaries(rows),
    ...controls(rows),
    ...specials,
    ...found.slice(others).flatMap((tallies, i) => powers(tasks[others + i], tallies)),
  ];
}

function chosenCells({ quick, pattern }: GridOptions): Cell[] {
  if (pattern === undefined) return quick ? cells.filter(({ id }) => SAMPLE.includes(id)) : cells;
  const expression = new RegExp(pattern);
  const chosen = cells.filter(({ id }) => expression.test(id));
  if (chosen.length === 0)
    throw new ScriptError(`No cell matches ${pattern}; they are named like ${SAMPLE.join(", ")}.`);
  return chosen;
}

function splitRunsOf({ quick, runs }: GridOptions): number {
  if (runs !== undefined) return Math.ceil((SPLIT_RUNS * runs) / FULL.none);
  return quick ? SPLIT_RUNS / 10 : SPLIT_RUNS;
}

function taskOf({ id, split }: Cell, { quick, runs, seed }: GridOptions): Task {
  const full = split.id === "50/50" ? AT_EVEN : FULL;
  const planned = quick ? QUICK : full;
  const scale = runs === undefined ? 1 : runs / planned.none;
  return {
    cell: id,
    seed,
    runs: { none: Math.ceil(planned.none * scale), effect: Math.ceil(planned.effect * scale) },
  };
}

function fallOf(cell: Cell, options: GridOptions): Task {
  const task = taskOf(cell, options);
  return { ...task, side: -1, runs: { ...task.runs, none: 0 } };
}

/** What has to be found at 95/5 with 100,000 planned, 10 % acting and 20 % more of them: a rate, and one price. */
export const LIFTED = ["conversion-10_95/5_100000", "price-10_95/5_100000"];
const LIFT = 0.2;
const POWER = 0.8;

function lifted({ quick, seed }: GridOptions): Task[] {
  const runs = { none: 0, effect: quick ? QUICK.effect : FULL.effect };
  return LIFTED.map((cell) => ({ cell, seed, runs, lift: LIFT }));
}

function powers(task: Task | undefined, { sequential: { effect } }: Tallies): Check[] {
  const low = POWER - 3.29 * Math.sqrt((POWER * (1 - POWER)) / effect.runs);
  const name = `+20 % is found at 95/5 with 100,000 planned: ${task?.cell}`;
  return [check(`grid-found-${task?.cell}`, name, effect.found.runs / effect.runs, low, 1)];
}

const NAMES: Record<Measure, string> = {
  "false-verdicts": "of which more than 5 % of runs without an effect end in a verdict",
  "coverage-difference": "whose intervals leave the true difference out at some look in more than 5 %",
  "coverage-lift": "whose intervals leave the true lift out at some look in more than 5 %",
  possible:
    "with a bound that nothing could bring: a difference of rates beyond 1, a lift below −100 % or without end",
  power: "that find less than 90 % of what the same bound with the true variance finds",
  "power-as-before": "at 50/50 that find 2 points less than before there was a guard",
  compares: "that compare in less than 95 % of runs that have the minimum data",
};

/** How many cells are outside, for each measure; and each of them. */
function summaries(rows: readonly Row[]): Check[] {
  return (Object.keys(NAMES) as Measure[]).flatMap((measure) => {
    const all = rows.flatMap((row) =>
      row.figures.filter((figure) => figure.measure === measure).map((figure) => ({ row, figure })),
    );
    const outside = all.filter(({ figure }) => !figure.isMet);
    if (all.length === 0) return [];
    return [
      check(`grid-${measure}`, `of ${all.length} cells, those ${NAMES[measure]}`, outside.length, 0, 0),
      ...outside.map(({ row: { cell, mode, tally }, figure: { value, low, high } }) => {
        const id = `grid-${measure}_${cell.id}_${mode}${tally.lift < 0 ? "_fall" : ""}`;
        return check(id, `${measure} of this cell`, value, low, high);
      }),
    ];
  });
}

/** What must fail, and where: the bound on the variance that the data show, epochs pooled, a plain z at every look. */
export const CONTROLS: {
  cell: string;
  mode: Mode;
  what: "unguarded" | "pooled" | "naive";
  atLeast: number;
}[] = [
  { cell: "price-1_95/5_10000", mode: "sequential", what: "unguarded", atLeast: 0.15 },
  { cell: "price-1_80/5/5/5/5_10000", mode: "sequential", what: "unguarded", atLeast: 0.5 },
  { cell: "lognormal-sparse_99/1_10000", mode: "fixed", what: "unguarded", atLeast: 0.1 },
  { cell: "per-booking_95/5_10000", mode: "sequential", what: "unguarded", atLeast: 0.15 },
  { cell: "conversion-10_ramp_10000", mode: "fixed", what: "pooled", atLeast: 0.2 },
  { cell: "conversion-10_50/50_10000", mode: "sequential", what: "naive", atLeast: 0.15 },
];

const CONTROL_NAMES = {
  unguarded: "false verdicts on the variance that the data show",
  pooled: "false verdicts if the epochs were pooled",
  naive: "false verdicts of a plain z at every look",
};

function controls(rows: readonly Row[]): Check[] {
  return CONTROLS.flatMap(({ cell, mode, what, atLeast }) => {
    const row = rows.find((one) => one.cell.id === cell && one.mode === mode);
    if (row === undefined) return [];
    const { none } = row.tally;
    const name = `${CONTROL_NAMES[what]}, ${mode}, which must fail: ${cell}`;
    return [check(`grid-control-${what}_${cell}`, name, none[what] / none.runs, atLeast, 1)];
  });
}
