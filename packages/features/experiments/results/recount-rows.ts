import { DAY_MS } from "@calcom/lib/time";

/**
 * Counts the subjects of one epoch and variant by the UTC day of their exposure; null for subjects that were not
 * exposed.
 */
export interface PopulationRow {
  epoch: number;
  variant: string;
  day: string | null;
  n: number;
}

/** Statistical moments of the subjects that did something. */
export interface MomentsRow {
  metric: string;
  epoch: number;
  variant: string;
  day: string;
  n: number;
  conversions: number;
  yMean: number;
  yM2: number;
  xMean: number;
  xM2: number;
  comoment: number;
  /** The smallest of a subject; absent in recounts of before it was asked. */
  yMin?: number;
  xMin?: number;
}

export interface Recount {
  imported: number;
  mixed: number;
  population: PopulationRow[];
  /** How many of `population` were erased since. */
  erased: PopulationRow[];
  moments: MomentsRow[];
  novelty: { metric: string; variant: string; day: number; value: number }[];
  segments: SegmentRow[];
  /** Exposed subjects by day of exposure, of the values kept; absent in recounts of before segments were tested. */
  segmentSplit?: {
    fact: string;
    value: string | number | boolean;
    epoch: number;
    variant: string;
    days: Record<string, number>;
  }[];
  /** Values that were left out of it, since others have more subjects. */
  smallSegments?: SmallSegments[];
}

/** A recount together with what pages show beside the results. */
export interface CountedRecount extends Recount {
  /** Subjects who converted; those by any event have null. */
  converted: { variant: string; event: string | null; n: number }[];
  /** As in `AllRows`. */
  assignments: number;
  recent: { at: number; n: number }[];
}

/** Of the metric that segments are counted for, among those with one value of a fact. */
export interface SegmentRow {
  fact: string;
  value: string | number | boolean;
  variant: string;
  n: number;
  converted: number;
  y: number;
  x: number;
  /** Of those who acted; absent in recounts of before segments were compared. */
  epoch?: number;
  acted?: number;
  yMean?: number;
  yM2?: number;
  xMean?: number;
  xM2?: number;
  comoment?: number;
}

export interface SmallSegments {
  fact: string;
  values: number;
  subjects: number;
}

export type Weights = ReadonlyMap<number, Record<string, number>>;

/** Counts subjects who were exposed before this day; null counts all exposed subjects. */
export type Cut = string | null;

export function isBefore(day: string | null, cut: Cut): day is string {
  return day !== null && (cut === null || day < cut);
}

/** No experiment lasts as long. */
export const MOST_DAYS = 3_660;

/**
 * Without days on which nobody can have been exposed, such as 0001-01-01 or infinity, which somebody has written past the
 * gate: each day in between would be a look. Who has such a day counts as not exposed.
 */
export function withoutImpossibleDays(recount: Recount, asOf: Date): Recount {
  const isPossible = ({ day }: { day: string | null }) =>
    day !== null && DAY.test(day) && Math.abs(Date.parse(day) - asOf.getTime()) <= MOST_DAYS * DAY_MS;
  const { population, erased, moments } = recount;
  if (population.every((row) => row.day === null || isPossible(row))) return recount;
  return {
    ...recount,
    population: population.map((row) => (isPossible(row) ? row : { ...row, day: null })),
    erased: erased.filter((row) => row.day === null || isPossible(row)),
    moments: moments.filter(isPossible),
  };
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
