import type { Pair } from "./combine";
import { fieller } from "./fieller";
import { mixtureLogEvidence, mixtureMultiplier, mixtureP, mixtureRho } from "./mixture";
import type { Method } from "./results-types";
import { type Bounds, type Stratum, scoreDifference, scoreRatio, scoreTest } from "./score";
import type { AnalysisMode, MetricKind } from "./types";
import { type Estimate, welch, welchMultiplier } from "./welch";

/** One variant against control, before it is said at which level: intervals exclude 0 exactly where pNow is at most alpha. */
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
  /** At which the mixture is narrowest. */
  tunedAlpha: number;
}

/** A cell with fewer is taken to vary at least as the two variants together do. */
const SMALL_CELL = 5;

/** Null where nothing varies. */
export function measure(pair: Pair, options: MeasureOptions): Measured | null {
  if (options.mode === "sequential") return sequential(pair, options);
  if (pair.strata !== null) return scored(pair.strata);
  const test = welch(pair.control, pair.treatment);
  if (test === null) return null;
  return {
    method: options.kind === "ratio" ? "delta" : "welch",
    pNow: test.p,
    ...intervals(pair.control, pair.treatment, (alpha) => welchMultiplier(test.df, alpha)),
  };
}

function scored(strata: readonly Stratum[]): Measured {
  return {
    method: "score",
    pNow: scoreTest(strata).p,
    differenceAt: (alpha) => scoreDifference(strata, alpha),
    liftAt(alpha) {
      const { low, high } = scoreRatio(strata, alpha);
      return { low: low - 1, high: high - 1 };
    },
  };
}

function sequential(pair: Pair, { plannedUnits, tunedAlpha }: MeasureOptions): Measured | null {
  const [control, treatment] =
    pair.strata === null ? [pair.control, pair.treatment] : rateEstimates(pair, pair.strata);
  const variance = control.variance + treatment.variance;
  if (!(variance > 0)) return null;
  const rho = mixtureRho(plannedUnits, tunedAlpha);
  const score = (treatment.value - control.value) / Math.sqrt(variance);
  return {
    method: "mixture",
    pNow: mixtureP(mixtureLogEvidence(score, pair.units, rho)),
    ...intervals(control, treatment, (alpha) => mixtureMultiplier(pair.units, rho, alpha)),
  };
}

type Value = Pick<Estimate, "value" | "variance">;

function intervals(
  control: Value,
  treatment: Value,
  multiplierAt: (alpha: number) => number,
): Pick<Measured, "differenceAt" | "liftAt"> {
  const difference = treatment.value - control.value;
  const se = Math.sqrt(control.variance + treatment.variance);
  return {
    differenceAt(alpha) {
      const half = multiplierAt(alpha) * se;
      return { low: difference - half, high: difference + half };
    },
    liftAt: (alpha) => fieller(control, treatment, multiplierAt(alpha)),
  };
}

/** Unpooled; with hardly a conversion (or hardly a failure) in one arm, no less than pooled. */
function rateEstimates(pair: Pair, strata: readonly Stratum[]): [Value, Value] {
  const cells = ["control", "treatment"] as const;
  const isSmall = cells.some((arm) => {
    const [x, n] = strata.reduce(([x, n], stratum) => [x + stratum[arm].x, n + stratum[arm].n], [0, 0]);
    return Math.min(x, n - x) < SMALL_CELL;
  });
  if (!isSmall) return [pair.control, pair.treatment];
  const pooled = { control: 0, treatment: 0 };
  for (const { weight, control, treatment } of strata) {
    const rate = (control.x + treatment.x) / (control.n + treatment.n);
    pooled.control += (weight ** 2 * rate * (1 - rate)) / control.n;
    pooled.treatment += (weight ** 2 * rate * (1 - rate)) / treatment.n;
  }
  if (pooled.control + pooled.treatment <= pair.control.variance + pair.treatment.variance) {
    return [pair.control, pair.treatment];
  }
  return [
    { value: pair.control.value, variance: pooled.control },
    { value: pair.treatment.value, variance: pooled.treatment },
  ];
}
