import type { Analysis, MetricResult, Random } from "./internals";

/** A figure that was simulated, and between what it has to lie. */
export interface Check {
  id: string;
  /** What was counted, in one line. */
  name: string;
  value: number;
  low: number;
  high: number;
  met: boolean;
}

/** What a group of checks is given. */
export interface Simulation {
  random: Random;
  /** How often to repeat: a tenth of it in a quick run. */
  runs(full: number): number;
  /** Holds a result to itself; every group does so with what it analyses. */
  observe(result: MetricResult): void;
  /** The same for a whole experiment. */
  observeExperiment(result: Analysis): void;
}

export interface Group {
  name: string;
  run(simulation: Simulation): Check[];
}

export function check(id: string, name: string, value: number, low: number, high: number): Check {
  return { id, name, value, low, high, met: value >= low && value <= high };
}

/**
 * Standard errors of the simulation to either side: a check fails by chance once in 90,000 runs, and one of all of them
 * once in some 3,000. With the full number of runs the bands are ±0.5 points about 5 % and 95 %, ±1 about 80 %.
 */
const SIGMAS = 4.4;

/** A share that must be the target, up to chance. */
export function near(id: string, name: string, value: number, target: number, runs: number): Check {
  return check(id, name, value, Math.max(0, target - band(target, runs)), target + band(target, runs));
}

/** A share that must not exceed the limit; `atLeast` guards against a test that never fires. */
export function atMost(
  id: string,
  name: string,
  value: number,
  limit: number,
  runs: number,
  atLeast = 0,
): Check {
  return check(id, name, value, atLeast, limit + band(limit, runs));
}

/** A share that must reach the limit. */
export function reaches(id: string, name: string, value: number, limit: number, runs: number): Check {
  return check(id, name, value, limit - band(limit, runs), 1);
}

function band(target: number, runs: number): number {
  return SIGMAS * Math.sqrt((target * (1 - target)) / runs);
}

/** How often something happens in so many runs. */
export function shareOf(runs: number, happens: () => boolean): number {
  let count = 0;
  for (let i = 0; i < runs; i++) if (happens()) count++;
  return count / runs;
}
