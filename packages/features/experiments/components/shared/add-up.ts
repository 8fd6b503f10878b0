/**
 * Rounds parts to a step so that they still add up to their rounded sum: whoever loses most by rounding down gets what is
 * left. Each is at most one step from what it was.
 */
export function roundToSum(parts: readonly number[], step = 1): number[] {
  const steps = parts.map((part) => part / step);
  const rounded = steps.map((part) => Math.floor(part + TINY));
  const lost = (place: number) => (steps[place] ?? 0) - (rounded[place] ?? 0);
  const sum = (of: readonly number[]) => of.reduce((total, one) => total + one, 0);
  const left = Math.round(sum(steps)) - sum(rounded);
  const byLoss = parts.map((_, place) => place).sort((a, b) => lost(b) - lost(a) || a - b);
  for (const place of byLoss.slice(0, Math.max(0, left))) rounded[place] = (rounded[place] ?? 0) + 1;
  return rounded.map((count) => count * step);
}

/** What computing leaves of a whole number. */
const TINY = 1e-9;
