import type { Unit } from "../../types/settings";

export type FoldKind = "results" | "counts";

/** What is counted of an experiment, by a statement whose rows add up over subjects. */
export interface Foldable<Counted> {
  slug: string;
  /** Each is kept by itself. */
  kind: FoldKind;
  /** What it counts too, so that nothing is kept of that by itself. */
  includes?: FoldKind;
  unit: Unit;
  /** `asOf` is the time up to which the data are complete. */
  plan(asOf: Date): { statement: string; parameters: readonly unknown[] };
  /** Null where the sum cannot be told from its parts. */
  fold(before: Counted, then: Counted, now: Counted): Counted | null;
}

export interface Folded<Counted> {
  asOf: Date;
  counted: Counted;
  /** Whether only what is new was read. */
  isFolded: boolean;
}
