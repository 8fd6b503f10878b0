import type { Prices } from "./types";

const list: Prices = { individual: 10, teams: 20 };
const tested: Readonly<Record<string, Prices>> = {
  "variant-a": { individual: 12, teams: 24 },
  "variant-b": { individual: 8, teams: 16 },
};

/**
 * The price that a variant of `pricing-tiers` charges. The pricing page shows the same prices, which a test compares.
 */
export function pricesFor(variant: string | null): Prices {
  return (variant !== null && Object.hasOwn(tested, variant) && tested[variant]) || list;
}
