import type { Random } from "./internals";
import type { Kind } from "./kinds";
import { DAYS, type Phase, type Split } from "./splits";
import { noSums, type Sums } from "./sums";

/** An epoch of a run: its weights, and the sums of each variant, control first. */
export interface EpochSums {
  phase: Phase;
  arms: Sums[];
}

/** One experiment that is drawn day by day. The first treatment has the lift; further ones never have one. */
export class Run {
  readonly epochs: EpochSums[] = [];
  day = 0;
  #units = 0;

  constructor(
    readonly random: Random,
    readonly kind: Kind,
    readonly split: Split,
    readonly units: number,
    readonly lift: number,
  ) {}

  /** The units of the next day come, and what they do. */
  advance(): void {
    this.day++;
    this.#add(Math.floor((this.units * this.day) / DAYS) - this.#units);
  }

  /** All of each epoch at once: the same distribution, where only the end is read. */
  finish(): void {
    for (const { until } of this.split.phases) {
      this.day = until;
      this.#add(Math.floor((this.units * until) / DAYS) - this.#units);
    }
  }

  #add(units: number): void {
    const { phase, arms } = this.#epoch();
    this.#units += units;
    let left = units;
    let weightLeft = phase.weights.reduce((sum, weight) => sum + weight, 0);
    for (const [variant, weight] of phase.weights.entries()) {
      const isLast = variant === phase.weights.length - 1;
      const n = isLast ? left : this.random.binomial(left, weight / weightLeft);
      left -= n;
      weightLeft -= weight;
      const sums = arms[variant];
      if (sums !== undefined) this.kind.draw(this.random, n, factorOf(phase, variant, this.lift), sums);
    }
  }

  #epoch(): EpochSums {
    const latest = this.epochs.at(-1);
    if (latest !== undefined && this.day <= latest.phase.until) return latest;
    const phase = this.split.phases[this.epochs.length];
    if (phase === undefined) throw new RangeError(`Day ${this.day} is after the end.`);
    const epoch = { phase, arms: phase.weights.map(noSums) };
    this.epochs.push(epoch);
    return epoch;
  }
}

/** By how much a variant differs from control at the start. */
export function factorOf({ base }: Phase, variant: number, lift: number): number {
  return variant === 1 ? base * (1 + lift) : base;
}

/** The sums that are expected at the end, with units that need not be whole. */
export function expectedEpochs(kind: Kind, split: Split, units: number, lift: number): EpochSums[] {
  let since = 0;
  return split.phases.map((phase) => {
    const whole = phase.weights.reduce((sum, weight) => sum + weight, 0);
    const inPhase = (units * (phase.until - since)) / DAYS;
    since = phase.until;
    const arms = phase.weights.map((weight, variant) =>
      scaled(kind.expected(factorOf(phase, variant, lift)), (inPhase * weight) / whole),
    );
    return { phase, arms };
  });
}

function scaled({ n, acting, y, yy, x, xx, xy }: Sums, by: number): Sums {
  return { n: by * n, acting: by * acting, y: by * y, yy: by * yy, x: by * x, xx: by * xx, xy: by * xy };
}
