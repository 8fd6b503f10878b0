import type { SplitResult } from "@calcom/statistics/split-types";
import { roundToSum } from "./add-up";
import { controlFirst } from "./variant-order";

/** So many shares in a row can still be compared with as many others. */
const MOST_IN_A_ROW = 4;

/**
 * "52.1% / 47.9%", control first, as they came and as they should have come. Of many variants the one that is the
 * furthest off, by its name: all of them are in the table of counts.
 */
export function splitShares(
  variants: SplitResult["variants"],
  control: string,
  share: (value: number) => string,
): { observed: string; expected: string; isOfOne: boolean } {
  const rows = controlFirst(
    variants.map(({ variant, ...row }) => ({ name: variant, ...row })),
    control,
  );
  const shares = sharesOf(rows);
  if (rows.length > MOST_IN_A_ROW) {
    const off = ({ observed, expected }: Shares) => Math.abs(observed - expected) / (expected || 1);
    const [furthest] = [...shares].sort((a, b) => off(b) - off(a));
    if (furthest !== undefined)
      return {
        observed: `${furthest.name} ${share(furthest.observed)}`,
        expected: share(furthest.expected),
        isOfOne: true,
      };
  }
  const text = (of: "observed" | "expected") =>
    roundToSum(
      shares.map((row) => row[of]),
      STEP,
    )
      .map(share)
      .join(" / ");
  return { observed: text("observed"), expected: text("expected"), isOfOne: false };
}

/** Shares are written with one decimal, and what is written adds up. */
const STEP = 0.001;

interface Shares {
  name: string;
  observed: number;
  expected: number;
}

function sharesOf(rows: readonly Shares[]): Shares[] {
  const sum = (of: "observed" | "expected") => rows.reduce((total, row) => total + row[of], 0) || 1;
  const totals = { observed: sum("observed"), expected: sum("expected") };
  return rows.map(({ name, observed, expected }) => ({
    name,
    observed: observed / totals.observed,
    expected: expected / totals.expected,
  }));
}
