import type { Mode } from "./bounds";
import type { Measure } from "./rows";

/** A figure that may lie further out than the others, how far, and why: the table says so. */
export interface Exception {
  cells: RegExp;
  modes: readonly Mode[];
  measures: readonly Measure[];
  /** What takes the place of the promised share, such as 0.9 of coverage. */
  target: number;
  why: string;
}

export const exceptions: readonly Exception[] = [];

export function exceptionOf(cell: string, mode: Mode, measure: Measure): Exception | undefined {
  return exceptions.find(
    (one) => one.cells.test(cell) && one.modes.includes(mode) && one.measures.includes(measure),
  );
}
