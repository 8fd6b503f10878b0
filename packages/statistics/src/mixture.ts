// Always-valid inference by one normal mixture: an asymptotic confidence sequence. Waudby-Smith, Arbour, Sinha, Kennedy
// and Ramdas, "Time-uniform central limit theory and asymptotic confidence sequences" (Annals of Statistics 2024, arXiv
// 2103.06476), equation 9, tuned as in its appendix B.2. mSPRT and GAVI are the same mixture tuned otherwise.

/** Tunes the mixture to be narrowest at `plannedUnits` (of both arms); frozen before the start. */
export function mixtureRho(plannedUnits: number, alpha: number): number {
  const log = -2 * Math.log(alpha);
  return Math.sqrt((log + Math.log(1 + log)) / plannedUnits);
}

/** Standard errors to either side of the estimate: like 1.96, but valid at every look. */
export function mixtureMultiplier(units: number, rho: number, alpha: number): number {
  const k = units * rho * rho;
  return Math.sqrt(((k + 1) / k) * (Math.log1p(k) - 2 * Math.log(alpha)));
}

/** Natural logarithm of the evidence against no difference; below 0 where the data speak for none. */
export function mixtureLogEvidence(score: number, units: number, rho: number): number {
  const k = units * rho * rho;
  return (k / (2 * (k + 1))) * score * score - 0.5 * Math.log1p(k);
}

/** The p of this look alone: at most alpha exactly if `mixtureMultiplier` standard errors do not reach 0. */
export function mixtureP(logEvidence: number): number {
  return Math.min(1, Math.exp(-logEvidence));
}
