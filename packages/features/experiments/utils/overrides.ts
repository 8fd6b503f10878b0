import type { CompiledExperiment } from "./compile";

/** A variant to look at without taking part; honoured until `expiresAt` (epoch milliseconds). */
export interface Override {
  readonly variant: string;
  readonly expiresAt: number;
}

/** The overrides of a browser, by slug. */
export type Overrides = Readonly<Record<string, Override>>;

/**
 * Finds what a browser previews of an experiment; null if nothing. The person sees that variant instead of their own,
 * so nothing that they do counts for the experiment. Every door asks here: what is shown and what is counted must agree.
 */
export function findPreviewed(
  overrides: Overrides | undefined,
  experiment: CompiledExperiment,
  now: number,
): Override | null {
  // Own keys only: a slug may be called `constructor`.
  if (overrides === undefined || !Object.hasOwn(overrides, experiment.slug)) return null;
  const override = overrides[experiment.slug] ?? null;
  return isInForce(override, experiment, now) ? override : null;
}

export function isInForce(
  override: Override | null,
  experiment: CompiledExperiment,
  now: number,
): override is Override {
  return override !== null && now < override.expiresAt && experiment.variants.includes(override.variant);
}
