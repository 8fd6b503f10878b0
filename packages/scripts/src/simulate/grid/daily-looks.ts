import { type GridDesign, lookAt, variantsOf } from "./adapter";
import { type Bound, hasMinimum, type Mode, naiveFinds, unguardedSide } from "./bounds";
import { boundOf, type Cell } from "./cell";
import type { LookState } from "./internals";
import { pairAt } from "./pair";
import type { Run } from "./run";

/** What happens in one run. */
export interface Seeing {
  /** Found the difference at some look: the engine (whichever treatment), and those it is held to. */
  isFound: boolean;
  isUnguarded: boolean;
  isNaive: boolean;
  hasMinimum: boolean;
  /** The day from which it compared; null where it never did. */
  from: number | null;
}

/**
 * On the days between, where all differences are within two standard errors and it has begun to compare, the engine is not
 * asked: it would say nothing before three, and nearly all days are such. A test asks it every day.
 */
const ASKED_EVERY = 10;
const QUIET_ERRORS = 2;

/** The looks at one run without an effect. */
export class DailyLooks {
  readonly seeing: Seeing = {
    isFound: false,
    isUnguarded: false,
    isNaive: false,
    hasMinimum: false,
    from: null,
  };
  readonly #design: GridDesign;
  readonly #bound: Bound;
  #previous: LookState | undefined;

  constructor(
    readonly cell: Cell,
    readonly mode: Mode = "sequential",
    readonly isThorough = true,
  ) {
    this.#design = designOf(cell, mode);
    this.#bound = boundOf(cell, mode);
  }

  look(run: Run): void {
    const { kind } = this.cell;
    let isQuiet = !this.isThorough && this.seeing.from !== null && run.day % ASKED_EVERY > 0;
    for (let variant = 1; variant < this.#design.variants.length; variant++) {
      const look = pairAt(kind, run.epochs, variant, 0);
      isQuiet &&= look !== null && look.difference ** 2 < QUIET_ERRORS ** 2 * look.variance;
      if (look === null || !hasMinimum(kind, run.day, look)) continue;
      this.seeing.hasMinimum = true;
      this.seeing.isUnguarded ||= unguardedSide(kind, look, this.#bound) !== 0;
      this.seeing.isNaive ||= naiveFinds(look);
    }
    if (isQuiet) return;
    const { comparisons, state } = lookAt(this.#design, run.epochs, run.day, this.#previous);
    this.#previous = state;
    if (comparisons.some((one) => one !== null)) this.seeing.from ??= run.day;
    this.seeing.isFound ||= comparisons.some((one) => one?.isSignificant === true);
  }
}

export function designOf({ kind, split, units }: Cell, mode: Mode): GridDesign {
  return { kind, mode, variants: variantsOf(split.phases[0]?.weights.length ?? 0), plannedUnits: units };
}
