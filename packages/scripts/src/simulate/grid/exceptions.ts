import type { Cell } from "./cell";
import type { Measure } from "./measure";
import { sharesOf } from "./splits";

/** What a cell is not held to, and why: the table says so. */
export interface Exception {
  measure: Measure;
  applies(cell: Cell): boolean;
  why: string;
}

const FEW_ACTING = 50;

export const exceptions: readonly Exception[] = [
  {
    measure: "power",
    applies: (cell) => actingInSmallest(cell) < FEW_ACTING,
    why:
      `Fewer than ${FEW_ACTING} units of the smaller variant act by the end, or so few teams take part. What varies and what ` +
      "is measured are then the same few units: where more of them act, they also vary more, and the variance that is seen " +
      "or guarded asks for more than the true one. Its power is shown, and not held to that of the oracle.",
  },
  {
    measure: "power-as-before",
    applies: (cell) => cell.split.id === "50/50" && actingInSmallest(cell) < FEW_ACTING,
    why:
      "The intervals of before were too short here: of so few teams, of very different sizes, 8 to 9 % of tests with one " +
      "look found a difference where there was none. Honest ones find less.",
  },
];

/** Expected without an effect, at the level of the start. */
function actingInSmallest({ kind, split, units }: Cell): number {
  return units * Math.min(...sharesOf(split)) * kind.expected(1).acting;
}

/** Numbered from 1, as in the table's notes. */
export function notesOf(cell: Cell, measure?: Measure): number[] {
  return exceptions.flatMap((one, i) =>
    (measure === undefined || one.measure === measure) && one.applies(cell) ? [i + 1] : [],
  );
}
