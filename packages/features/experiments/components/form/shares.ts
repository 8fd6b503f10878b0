const TENTHS = 1_000;

/** Shares in 0..100 that differ by at most 0.1 and add up to exactly 100: 33.3, 33.3, 33.4. */
export function evenSplit(count: number): number[] {
  const share = Math.floor(TENTHS / count);
  const spare = TENTHS - share * count;
  return Array.from({ length: count }, (_, index) => (share + (index >= count - spare ? 1 : 0)) / 10);
}

/** Added up in hundredths, as the schema does: 33.3 + 33.3 + 33.4 is 100. NaN where a share is not a number. */
export function sumOfShares(shares: readonly number[]): number {
  return shares.reduce((sum, share) => sum + Math.round(share * 100), 0) / 100;
}

/**
 * Moves the boundary behind a share to a place in 0..100: what one neighbour gains the other loses, so the sum stays. In
 * hundredths, and never past the next boundary.
 */
export function moveBoundary(shares: readonly number[], index: number, to: number): number[] {
  const [left, right] = [shares[index], shares[index + 1]];
  if (left === undefined || right === undefined) return [...shares];
  const start = sumOfShares(shares.slice(0, index));
  const both = sumOfShares([left, right]);
  const moved = Math.min(both, Math.max(0, sumOfShares([to, -start])));
  return shares.with(index, moved).with(index + 1, sumOfShares([both, -moved]));
}

/** What was typed, with a comma or a point; NaN where it is no number. */
export function toNumber(text: string): number {
  const trimmed = text.trim().replace(",", ".").replace(/\s*%$/, "");
  return trimmed === "" ? Number.NaN : Number(trimmed);
}

/** What can be drawn of a share while it is typed. */
export function clampShare(share: number | undefined): number {
  return share === undefined || Number.isNaN(share) ? 0 : Math.min(100, Math.max(0, share));
}
