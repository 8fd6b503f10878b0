import type { Cell } from "./cell";
import type { Measure } from "./measure";
import { sharesOf } from "./splits";
import type { WithEffect } from "./tally";

/** What a cell is not held to, and why: the table says so. */
export interface Exception {
  measure: Measure;
  applies(cell: Cell, effect: WithEffect): boolean;
  why: string;
}

const FEW_ACTING = 50;
const FEW_EFFECTIVE = 150;
const HARDLY_FOUND = 0.2;

export const exceptions: readonly Exception[] = [
  {
    measure: "power",
    applies: (cell) => actingInSmallest(cell) < FEW_ACTING,
    why:
      `Fewer than ${FEW_ACTING} units of the smaller variant act by the end, or equally few teams take part. The same few ` +
      "units then determine both the effect and its variance: if more of them act, they also vary more. So the observed or " +
      "guarded variance calls for a larger effect than the true variance would. The power is shown, but not compared with " +
      "that of the oracle.",
  },
  {
    measure: "power",
    applies: (_, { runs, oracle }) => oracle.runs < HARDLY_FOUND * runs,
    why:
      "Even the oracle finds the effect in fewer than one in five runs, although no larger effect was tried. It does so only " +
      "if a few large values fall into the smaller variant. Then that variant also shows a large variance, and without " +
      "knowing the true variance, one has to doubt the effect.",
  },
  {
    measure: "power-as-before",
    applies: (cell) => cell.split.id === "50/50" && effectiveInSmallest(cell) < FEW_EFFECTIVE,
    why:
      `Units with large denominators weigh more, so that in effect each variant has fewer than ${FEW_EFFECTIVE} units. ` +
      "Earlier versions of this package treated the variance as known. With 40 teams, 8 to 9 % of tests with one look then " +
      "found a difference where there was none. If few units acted, these versions found twice as many effects as the bound " +
      "with the true variance does, since they also found them in runs that happened to vary little. With Student's t, " +
      "fewer are found, but still more than with that bound.",
  },
];

/** Expected without an effect, at the level of the start. */
function actingInSmallest({ kind, split, units }: Cell): number {
  return units * Math.min(...sharesOf(split)) * kind.expected(1).acting;
}

/** By Kish, as the engine counts the units of a ratio; all of them for other kinds. */
function effectiveInSmallest({ kind, split, units }: Cell): number {
  const { x, xx } = kind.expected(1);
  const n = units * Math.min(...sharesOf(split));
  return kind.metric === "ratio" ? (n * x * x) / xx : n;
}

/** Numbered from 1, as in the table's notes. */
export function notesOf(cell: Cell, effect: WithEffect, measure?: Measure): number[] {
  return exceptions.flatMap((one, i) =>
    (measure === undefined || one.measure === measure) && one.applies(cell, effect) ? [i + 1] : [],
  );
}
