/** Of the standard normal distribution at 97.5 %. */
const Z = 1.959_963_984_540_054;

/**
 * The engine's interval of one rate (Wilson's, at 95 %) with its one quantile written down: a page need not load the
 * functions that compute quantiles.
 */
export function rateInterval(converted: number, subjects: number): { low: number; high: number } {
  const rate = converted / subjects;
  const square = (Z * Z) / subjects;
  const centre = rate + square / 2;
  const half = Z * Math.sqrt((rate * (1 - rate)) / subjects + square / (4 * subjects));
  return {
    low: converted <= 0 ? 0 : (centre - half) / (1 + square),
    high: converted >= subjects ? 1 : (centre + half) / (1 + square),
  };
}
