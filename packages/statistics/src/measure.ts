import { boundsOf } from "./bounds";
import type { Pair } from "./combine";
import { normalIsf, normalSf, tIsf, tSf } from "./dist";
import { mixtureLogEvidence, mixtureMultiplier, mixtureP, mixtureRho } from "./mixture";
import type { Method } from "./results-types";
import { type Bounds, type Stratum, scoreDifference, scoreLift, scoreTest } from "./score";
import type { AnalysisMode, MetricKind } from "./types";
import { welch, welchMultiplier } from "./welch";

/** One variant against control, at any level: its intervals exclude 0 exactly if `pNow` is at most alpha. */
export interface Measured {
  method: Method;
  pNow: number;
  differenceAt(alpha: number): Bounds;
  /** Null where control is too near to 0. A bound may be infinite. */
  liftAt(alpha: number): Bounds | null;
}

export interface MeasureOptions {
  kind: MetricKind;
  mode: AnalysisMode;
  /** Of the two variants, frozen at the start. */
  plannedUnits: number;
  /** The number of units at which the mixture is narrowest. */
  tunedAlpha: number;
}

/** Null where nothing varies. */
export function measure(pair: Pair, options: MeasureOptions): Measured | null {
  if (options.mode === "fixed" && pair.strata !== null) return scored(pair.strata);
  const test = welch(pair.control, pair.treatment);
  if (test === null) return null;
  if (options.mode === "sequential") return sequential(pair, test, options);
  return {
    method: options.kind === "ratio" ? "delta" : "welch",
    pNow: test.p,
    ...boundsOf(pair, (alpha) => welchMultiplier(test.df, alpha)),
  };
}

function scored(strata: readonly Stratum[]): Measured {
  return {
    method: "score",
    pNow: scoreTest(strata).p,
    differenceAt: (alpha) => scoreDifference(strata, alpha),
    liftAt: (alpha) => scoreLift(strata, alpha),
  };
}

/** The mixture needs normal scores. With few units t has heavier tails, so it is mapped to the z with the same p. */
function sequential(
  pair: Pair,
  { t, df }: { t: number; df: number },
  { plannedUnits, tunedAlpha }: MeasureOptions,
): Measured {
  const rho = mixtureRho(plannedUnits, tunedAlpha);
  return {
    method: "mixture",
    pNow: mixtureP(mixtureLogEvidence(normalFromT(t, df), pair.units, rho)),
    ...boundsOf(pair, (alpha) => tFromNormal(mixtureMultiplier(pair.units, rho, alpha), df)),
  };
}

/** From here on the two differ by less than a thousandth at any multiplier of interest. */
const NORMAL_FROM_DF = 10_000;

/** The z that is exceeded as rarely. */
export function normalFromT(t: number, df: number): number {
  return df >= NORMAL_FROM_DF ? Math.abs(t) : normalIsf(tSf(Math.abs(t), df));
}

function tFromNormal(z: number, df: number): number {
  return df >= NORMAL_FROM_DF ? z : tIsf(normalSf(z), df);
}
