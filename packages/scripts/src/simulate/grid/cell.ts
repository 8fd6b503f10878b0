import { type Bound, type Mode, multiplierOf } from "./bounds";
import { normalIsf } from "./internals";
import { type Kind, kinds } from "./kinds";
import { pairAt } from "./pair";
import { expectedEpochs } from "./run";
import { type Split, sharesOf, splits } from "./splits";

/** One kind of metric under one split with so many units. Both modes are read from it. */
export interface Cell {
  id: string;
  kind: Kind;
  split: Split;
  units: number;
}

export const cells: Cell[] = kinds.flatMap((kind) =>
  splits.flatMap((split) =>
    kind.sizes(Math.min(...sharesOf(split))).map((units) => ({
      id: `${kind.id}_${split.id}_${units}`,
      kind,
      split,
      units,
    })),
  ),
);

export function cellOf(id: string): Cell {
  const cell = cells.find((one) => one.id === id);
  if (cell === undefined) throw new RangeError(`There is no cell ${id}.`);
  return cell;
}

/** By the weights at the start, as the engine does. */
export function boundOf({ split, units }: Cell, mode: Mode): Bound {
  const [weights = []] = split.phases.map((phase) => phase.weights);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const share = ((weights[0] ?? 0) + (weights[1] ?? 0)) / whole;
  return { mode, planned: units * share, alpha: 0.05 / (weights.length - 1) };
}

/** A rise or a fall. */
export type Side = 1 | -1;

const POWER = 0.8;

/** The lift that the bound with the true variance finds by the end in four of five runs; the largest where none is enough. */
export function liftOf(cell: Cell, mode: Mode, side: Side = 1): number {
  const { kind, split, units } = cell;
  const bound = boundOf(cell, mode);
  const isEnough = (lift: number) => {
    const look = pairAt(kind, expectedEpochs(kind, split, units, lift), 1, lift);
    if (look === null) return false;
    const needed = multiplierOf(bound, look.units) + normalIsf(1 - POWER);
    return side * look.trueDifference > needed * Math.sqrt(look.oracleVariance);
  };
  // As far down as a rise may go up: from the treatment, the other is that rise.
  const most = side === 1 ? kind.mostLift : 1 / (1 + kind.mostLift) - 1;
  if (!isEnough(most)) return most;
  let [low, high] = [0, most];
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  return high;
}
