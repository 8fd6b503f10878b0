import { cellsOf } from "./cells";
import { type Pair, pairOf } from "./combine";
import { liftOf } from "./comparison";
import { measure, normalFromT } from "./measure";
import { ALPHA } from "./metric-measure";
import { missingCounts, missingFor } from "./minimum";
import { mixtureLogEvidence, mixtureP, mixtureRho } from "./mixture";
import { inOwnUnits } from "./own-units";
import type { SegmentResult } from "./segments-types";
import type { Design, EpochData, MetricKind } from "./types";
import { invalidData } from "./validate";

/** What all tests of one fact and variant have in common. */
export interface Frame {
  design: Design;
  kind: MetricKind;
  variant: string;
  /** Questions that are asked of all segments together. */
  planned: number;
  /** Planned units of the variant and control. */
  plannedUnits: number;
}

/** Null while there are too few of either variant. */
export function readPair({ design, kind, variant }: Frame, epochs: readonly EpochData[]): Pair | null {
  if (!((design.plannedUnits ?? 0) > 0) || invalidData(epochs, kind) !== null) return null;
  const pair = pairOf(cellsOf(inOwnUnits(epochs).epochs).epochs, design.control, variant);
  if (pair === null) return null;
  const units = { control: pair.control.n, treatment: pair.treatment.n };
  const missing = missingFor(units, variant, design, kind) ?? missingCounts(pair);
  return missing === null ? pair : null;
}

/** With an interval that holds for all segments at once. */
export function liftIn({ kind, planned, plannedUnits }: Frame, pair: Pair): SegmentResult["lift"] {
  const alpha = ALPHA / planned;
  const measured = measure(pair, { kind, mode: "sequential", plannedUnits, tunedAlpha: alpha });
  return measured && liftOf(pair, measured, alpha);
}

/**
 * Null where nothing varies. Squares of what was observed are a little too large as squares of what is true, by what the
 * product of two errors adds to the variance.
 */
export function pOfSameLift(one: Pair, other: Pair, plannedUnits: number): number | null {
  const cross = one.treatment.value * other.control.value - other.treatment.value * one.control.value;
  let [variance, spread] = [0, 0];
  for (const [factor, estimate] of [
    [other.control.value, one.treatment],
    [other.treatment.value, one.control],
    [one.control.value, other.treatment],
    [one.treatment.value, other.control],
  ] as const) {
    variance += factor ** 2 * estimate.variance;
    spread += factor ** 4 * estimate.spread;
  }
  if (!(variance > 0)) return null;
  const df = spread > 0 ? variance ** 2 / spread : Number.MAX_VALUE;
  const score = normalFromT(cross / Math.sqrt(variance), df);
  return mixtureP(mixtureLogEvidence(score, one.units + other.units, mixtureRho(plannedUnits, ALPHA)));
}
