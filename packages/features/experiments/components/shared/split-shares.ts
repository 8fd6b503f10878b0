import type { SplitResult } from "@calcom/statistics/split-types";
import { controlFirst } from "./variant-order";

/** "52.1% / 47.9%", control first, as they came and as they should have come. */
export function splitShares(
  variants: SplitResult["variants"],
  control: string,
  share: (value: number) => string,
): { observed: string; expected: string } {
  const rows = controlFirst(
    variants.map(({ variant, ...row }) => ({ name: variant, ...row })),
    control,
  );
  const text = (of: "observed" | "expected") => {
    const total = rows.reduce((sum, row) => sum + row[of], 0);
    return rows.map((row) => share(total === 0 ? 0 : row[of] / total)).join(" / ");
  };
  return { observed: text("observed"), expected: text("expected") };
}
