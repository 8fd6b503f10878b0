import { mixtureMultiplier, mixtureRho, normalIsf, tIsf } from "./internals";
import type { Kind } from "./kinds";
import type { PairLook } from "./pair";

// The two that the engine is held to: what it said before it was guarded, and what it could say if it knew how much the
// units vary. Both ask the same bounds as the engine.

export type Mode = "sequential" | "fixed";

/** What a bound needs: of the pair, frozen at the start. */
export interface Bound {
  mode: Mode;
  /** Of the two variants. */
  planned: number;
  /** The level at which a comparison is asked: 0.05 over the number of treatments. */
  alpha: number;
}

/** Standard errors that a difference has to exceed at a look with so many units of both. */
export function multiplierOf({ mode, planned, alpha }: Bound, units: number): number {
  if (mode === "fixed") return normalIsf(alpha / 2);
  return mixtureMultiplier(units, mixtureRho(planned, alpha), alpha);
}

/** The same bound with the true variance: no experiment can know it, and none finds much more. */
export function oracleFinds(look: PairLook, bound: Bound, side: 1 | -1): boolean {
  return side * look.oracleDifference > multiplierOf(bound, look.units) * Math.sqrt(look.oracleVariance);
}

/**
 * What the engine said of a difference before it had a guard: score test for rates and Welch for the rest at a fixed end, the
 * mixture on the variance that the data show in between. 1 or −1 is a verdict.
 */
export function unguardedSide(kind: Kind, look: PairLook, bound: Bound): -1 | 0 | 1 {
  const { difference, variance, pooledVariance, df, units } = look;
  const isScore = bound.mode === "fixed" && kind.metric === "rate" && !kind.isAdjusted;
  const used = isScore ? (pooledVariance * units) / (units - 1) : variance;
  if (!(used > 0)) return 0;
  const isT = bound.mode === "fixed" && !isScore;
  const multiplier = isT ? tIsf(bound.alpha / 2, df) : multiplierOf(bound, units);
  return Math.abs(difference) > multiplier * Math.sqrt(used) ? (difference > 0 ? 1 : -1) : 0;
}

/** The plain z that many dashboards show at every look. */
export function naiveFinds({ difference, variance }: PairLook): boolean {
  return variance > 0 && Math.abs(difference) > 1.959963984540054 * Math.sqrt(variance);
}

export const MINIMUM_DAYS = 7;
const MINIMUM_UNITS = 100;
const MINIMUM_TEAMS = 30;
const MINIMUM_ACTING = 10;

/** From here on an answer is promised: 7 days, 100 units of each variant or 30 teams, and 10 of both that act, and do not. */
export function hasMinimum({ metric }: Kind, day: number, look: PairLook): boolean {
  const { smallest, acting, units } = look;
  if (day < MINIMUM_DAYS || smallest < (metric === "ratio" ? MINIMUM_TEAMS : MINIMUM_UNITS)) return false;
  return acting >= MINIMUM_ACTING && (metric !== "rate" || units - acting >= MINIMUM_ACTING);
}
