import { DAYS } from "./splits";

/** What was counted in one cell and one mode. Plain numbers: it comes from another process. */
export interface Tally {
  /** That the effect has. */
  lift: number;
  none: NoEffect;
  effect: WithEffect;
}

/** Runs without an effect, and in how many of them … */
export interface NoEffect {
  runs: number;
  /** … there was a verdict. */
  falsely: number;
  /** … there would have been one without the guard, with a plain z at every look, and with the epochs pooled. */
  unguarded: number;
  naive: number;
  pooled: number;
  /** … the minimum data came, and with them a comparison. */
  minimum: number;
  compared: number;
  /** On which day it compared first: runs by day. */
  from: number[];
}

/** Runs with an effect, and in how many of them … */
export interface WithEffect {
  runs: number;
  /** … it compared; and then the true difference and the true lift were in the interval at every look. */
  compared: number;
  inDifference: number;
  inLift: number;
  /** … some bound was one that no units could bring: it covers whatever the truth is. */
  impossible: number;
  /** … it was found, by whom. */
  found: Found;
  oracle: Found;
  unguarded: Found;
}

/** Runs in which this one found it, and those in which the engine did too. */
export interface Found {
  runs: number;
  both: number;
}

export function noTally(lift: number): Tally {
  const nobody = () => ({ runs: 0, both: 0 });
  return {
    lift,
    none: {
      runs: 0,
      falsely: 0,
      unguarded: 0,
      naive: 0,
      pooled: 0,
      minimum: 0,
      compared: 0,
      from: Array.from({ length: DAYS + 1 }, () => 0),
    },
    effect: {
      runs: 0,
      compared: 0,
      inDifference: 0,
      inLift: 0,
      impossible: 0,
      found: nobody(),
      oracle: nobody(),
      unguarded: nobody(),
    },
  };
}

/** Of the runs that compared; null where none did. */
export function medianDay({ from }: NoEffect): number | null {
  const runs = from.reduce((sum, count) => sum + count, 0);
  let seen = 0;
  for (const [day, count] of from.entries()) {
    seen += count;
    if (count > 0 && seen * 2 >= runs) return day;
  }
  return null;
}

/** Mean over runs of "the engine found it" less `times` "the other did", and its standard error, paired run by run. */
export function paired(
  { runs, found }: WithEffect,
  other: Found,
  times: number,
): { mean: number; error: number } {
  const [both, alone, only] = [other.both, found.runs - other.both, other.runs - other.both];
  const mean = (both * (1 - times) + alone - only * times) / runs;
  const square = (both * (1 - times) ** 2 + alone + only * times ** 2) / runs;
  return { mean, error: Math.sqrt(Math.max(0, square - mean * mean) / runs) };
}
