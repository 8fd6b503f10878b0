import type { Mode } from "./bounds";
import { cellOf, type Side } from "./cell";
import { type Runs, study } from "./study";
import type { Tally } from "./tally";

/** What a process is asked, one at a time. */
export interface Task {
  cell: string;
  runs: Runs;
  seed: number;
  /** That which the bound with the true variance would find in four of five runs, where absent. */
  lift?: number;
  /** Of that lift; a rise where absent. */
  side?: Side;
}

export type Tallies = Record<Mode, Tally>;

/** Studies a cell in the current process. */
export function studyHere({ cell, runs, seed, lift, side }: Task): Tallies {
  return study(cellOf(cell), runs, seed, { lift, side });
}
