import { lookAt, type Seen } from "./adapter";
import { hasMinimum, MINIMUM_DAYS, type Mode, oracleFinds, unguardedSide } from "./bounds";
import { boundOf, type Cell, liftOf, type Side } from "./cell";
import { DailyLooks, designOf, type Seeing } from "./daily-looks";
import { type LookState, Random } from "./internals";
import { type PairLook, pairAt } from "./pair";
import { type EpochSums, Run } from "./run";
import { DAYS } from "./splits";
import { noSums } from "./sums";
import { noTally, type Tally } from "./tally";

export const modes: readonly Mode[] = ["sequential", "fixed"];

export interface Runs {
  none: number;
  effect: number;
}

/** The same seed gives the same figures, whatever else is simulated, and wherever. */
export function study(
  cell: Cell,
  runs: Runs,
  seed: number,
  { lift, side = 1, isThorough = false }: { lift?: number; side?: Side; isThorough?: boolean } = {},
): Record<Mode, Tally> {
  const tallies = {
    sequential: noTally(lift ?? liftOf(cell, "sequential", side)),
    fixed: noTally(lift ?? liftOf(cell, "fixed", side)),
  };
  for (let i = 0; i < runs.none; i++) {
    withoutEffect(cell, randomFor(cell, "none", seed, i), tallies, isThorough);
  }
  for (const mode of modes) {
    for (let i = 0; i < runs.effect; i++) {
      withEffect(cell, mode, randomFor(cell, mode, seed, i), tallies[mode]);
    }
  }
  return tallies;
}

/** Daily looks, and the same data read once at the end. */
function withoutEffect(cell: Cell, random: Random, tallies: Record<Mode, Tally>, isThorough: boolean): void {
  const run = new Run(random, cell.kind, cell.split, cell.units, 0);
  const daily = new DailyLooks(cell, "sequential", isThorough);
  while (run.day < DAYS) {
    run.advance();
    if (run.day >= MINIMUM_DAYS) daily.look(run);
  }
  count(tallies.sequential, daily.seeing);
  const once = new DailyLooks(cell, "fixed");
  once.look(run);
  count(tallies.fixed, once.seeing);
  if (cell.split.phases.length > 1 && isFoundPooled(cell, run.epochs)) tallies.fixed.none.pooled++;
}

function count({ none }: Tally, seeing: Seeing): void {
  none.runs++;
  if (seeing.isFound) none.falsely++;
  if (seeing.isUnguarded) none.unguarded++;
  if (seeing.isNaive) none.naive++;
  if (seeing.hasMinimum) none.minimum++;
  if (seeing.hasMinimum && seeing.from !== null) none.compared++;
  if (seeing.from !== null) none.from[seeing.from] = (none.from[seeing.from] ?? 0) + 1;
}

function withEffect(cell: Cell, mode: Mode, random: Random, { lift, effect }: Tally): void {
  const run = new Run(random, cell.kind, cell.split, cell.units, lift);
  const [design, bound] = [designOf(cell, mode), boundOf(cell, mode)];
  const side: Side = lift < 0 ? -1 : 1;
  const outcome = side === 1 ? "better" : "worse";
  const found = { engine: false, oracle: false, unguarded: false };
  const covered = { compared: false, difference: true, lift: true, possible: true };
  let previous: LookState | undefined;
  const look = () => {
    const pair = pairAt(cell.kind, run.epochs, 1, lift);
    const seen = lookAt(design, run.epochs, run.day, previous);
    previous = seen.state;
    const [comparison = null] = seen.comparisons;
    found.engine ||= comparison?.isSignificant === true && comparison.outcome === outcome;
    if (comparison !== null && pair !== null) cover(covered, comparison, pair, lift);
    if (comparison !== null) covered.possible &&= isPossible(comparison, cell.kind);
    if (pair === null || !hasMinimum(cell.kind, run.day, pair)) return;
    found.oracle ||= oracleFinds(pair, bound, side);
    found.unguarded ||= unguardedSide(cell.kind, pair, bound) === side;
  };
  if (mode === "fixed") {
    run.finish();
    look();
  }
  while (run.day < DAYS) {
    run.advance();
    if (run.day >= MINIMUM_DAYS) look();
  }
  effect.runs++;
  if (covered.compared) {
    effect.compared++;
    if (covered.difference) effect.inDifference++;
    if (covered.lift) effect.inLift++;
    if (!covered.possible) effect.impossible++;
  }
  for (const [tally, isFound] of [
    [effect.found, found.engine],
    [effect.oracle, found.oracle],
    [effect.unguarded, found.unguarded],
  ] as const) {
    if (isFound) tally.runs++;
    if (isFound && found.engine) tally.both++;
  }
}

/** An interval that is not given excludes nothing. */
function cover(
  covered: { compared: boolean; difference: boolean; lift: boolean },
  { interval, lift: said }: NonNullable<Seen["comparisons"][number]>,
  { trueDifference }: PairLook,
  lift: number,
): void {
  covered.compared = true;
  covered.difference &&= contains(interval, trueDifference);
  covered.lift &&= said.interval === null || contains(said.interval, lift);
}

/** Of a control that has anything, a lift beyond this is the end of a search, and should be open. */
const ENDLESS = 1e9;

/** What covers everything is no interval: its bounds have to be such as units could bring, or open. */
export function isPossible(
  { interval, lift }: NonNullable<Seen["comparisons"][number]>,
  { metric, isSigned = false }: Cell["kind"],
): boolean {
  const isBeyond = (value: number | null | undefined, limit: number) => Math.abs(value ?? 0) > limit;
  if (isBeyond(lift.interval?.low, ENDLESS) || isBeyond(lift.interval?.high, ENDLESS)) return false;
  if (metric === "rate" && (isBeyond(interval.low, 1) || isBeyond(interval.high, 1))) return false;
  return isSigned || (lift.interval?.low ?? -1) >= -1;
}

function contains({ low, high }: { low: number | null; high: number | null }, value: number): boolean {
  return (low === null || low <= value) && (high === null || high >= value);
}

/** As if the weights had never changed. */
function isFoundPooled(cell: Cell, epochs: readonly EpochSums[]): boolean {
  const last = epochs.at(-1);
  if (last === undefined) return false;
  const arms = last.arms.map((_, variant) => {
    const all = noSums();
    for (const epoch of epochs) {
      for (const key of ["n", "acting", "y", "yy", "x", "xx", "xy"] as const) {
        all[key] += epoch.arms[variant]?.[key] ?? 0;
      }
    }
    return all;
  });
  const look = pairAt(cell.kind, [{ phase: last.phase, arms }], 1, 0);
  return look !== null && unguardedSide(cell.kind, look, boundOf(cell, "fixed")) !== 0;
}

/** FNV-1a of what is simulated, and the number of the run in the upper half. */
export function randomFor({ id }: Pick<Cell, "id">, what: string, seed: number, run: number): Random {
  let hash = 0x811c9dc5;
  for (const char of `${seed}/${id}/${what}`) {
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  }
  return new Random((hash >>> 0) + run * 0x1_0000_0000);
}
