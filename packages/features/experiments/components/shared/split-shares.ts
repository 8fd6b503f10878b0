import type { SplitDoubt } from "../../types";
import { controlFirst } from "./variant-order";

/** "52.1/47.9", control first, as they came and as they should have come. */
export function splitShares(
  { variants }: SplitDoubt,
  control: string,
  count: (value: number) => string,
): { found: string; expected: string } {
  const rows = controlFirst(
    variants.map(({ variant, ...row }) => ({ name: variant, ...row })),
    control,
  );
  const text = (of: (row: (typeof rows)[number]) => number) => {
    const total = rows.reduce((sum, row) => sum + of(row), 0);
    return rows.map((row) => count(Number(((100 * of(row)) / total).toFixed(1)))).join("/");
  };
  return { found: text(({ observed }) => observed), expected: text(({ expected }) => expected) };
}
