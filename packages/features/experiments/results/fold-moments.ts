import { foldRows, type Three, UNKNOWN } from "./fold-rows";
import type { MomentsRow, SegmentRow } from "./recount-rows";
import { addSums, NOTHING, type Sums } from "./sums";

/** Of a recount that goes on: `isLoose` where the smallest is not known any more, only that none is smaller. */
type FoldedMoments = MomentsRow & { isLoose?: boolean };

export function foldMoments(
  before: FoldedMoments[],
  then: MomentsRow[],
  now: MomentsRow[],
  sizes: Map<string, number>,
): FoldedMoments[] {
  const keyOf = (row: MomentsRow) => `${row.metric} ${cellOf(row)}`;
  const byKey = (rows: MomentsRow[]) => new Map(rows.map((row) => [keyOf(row), row]));
  const [was, goes, comes] = [byKey(before), byKey(then), byKey(now)];
  return [...new Set([...was.keys(), ...goes.keys(), ...comes.keys()])].flatMap((key) => {
    const row = (was.get(key) ?? comes.get(key)) as FoldedMoments | undefined;
    if (row === undefined) throw UNKNOWN;
    const stays = subtract(was.get(key), goes.get(key));
    const added = comes.get(key);
    const n = stays.n + (added?.n ?? 0);
    if (n === 0) return [];
    const folded: FoldedMoments = {
      ...row,
      ...addSums(stays, added ?? NOTHING),
      n,
      conversions: stays.conversions + (added?.conversions ?? 0),
    };
    delete folded.isLoose;
    if (!stays.isLoose || stays.n === 0) return folded;
    // A subject without events counts as 0. While there is one, the smallest value is 0, whatever the others have.
    const hasZero = (sizes.get(cellOf(row)) ?? 0) > n;
    const isBelow = (part: "yMin" | "xMin") =>
      (added?.[part] ?? Number.POSITIVE_INFINITY) <= (stays[part] ?? 0);
    if (isBelow("yMin") && isBelow("xMin")) return folded;
    if (!hasZero || (folded.yMin ?? 0) < 0 || (folded.xMin ?? 0) < 0) throw UNKNOWN;
    return { ...folded, isLoose: true };
  });
}

/** Numbers of subjects are added, and the moments of those who acted. */
export function foldSegments(...parts: Three<SegmentRow[]>): SegmentRow[] {
  const keys = ["fact", "value", "epoch", "variant"] as const;
  const keyOf = (row: SegmentRow) => JSON.stringify(keys.map((name) => row[name]));
  const [was, goes, comes] = parts.map(
    (rows) => new Map(rows.map((row) => [keyOf(row), toSums(row)])),
  ) as Three<Map<string, Sums>>;
  return foldRows([...keys], ["n", "converted", "y", "x"], parts).flatMap((row) => {
    if (row.n < 0) throw UNKNOWN;
    if (row.n === 0) return [];
    const key = keyOf(row);
    const stays = subtract(was.get(key), goes.get(key));
    const { n: acted, yMean, yM2, xMean, xM2, comoment } = addSums(stays, comes.get(key) ?? NOTHING);
    return { ...row, acted, yMean, yM2, xMean, xM2, comoment };
  });
}

function toSums({ acted = 0, yMean = 0, yM2 = 0, xMean = 0, xM2 = 0, comoment = 0 }: SegmentRow): Sums {
  return { n: acted, yMean, yM2, xMean, xM2, comoment };
}

export const cellOf = ({ epoch, variant, day }: { epoch: number; variant: string; day: string | null }) =>
  JSON.stringify([epoch, variant, day]);

/** So much of a sum of squares has to be left, or what is left is mostly rounding. */
const LEAST_LEFT = 1e-4;

type Folded = Sums & { conversions: number; isLoose?: boolean };
type Part = Sums & { conversions?: number; isLoose?: boolean };

function subtract(all: Part | undefined, part: Part | undefined): Folded {
  if (all === undefined || all.n === 0) {
    if (part !== undefined && part.n > 0) throw UNKNOWN;
    return NOTHING;
  }
  if (part === undefined || part.n === 0) return { conversions: 0, ...all };
  const n = all.n - part.n;
  if (n < 0) throw UNKNOWN;
  if (n === 0) return NOTHING;
  const meanOf = (mean: "yMean" | "xMean") => all[mean] + (all[mean] - part[mean]) * (part.n / n);
  const [yMean, xMean] = [meanOf("yMean"), meanOf("xMean")];
  const share = (n / all.n) * part.n;
  const [dy, dx] = [yMean - part.yMean, xMean - part.xMean];
  const left = (m2: "yM2" | "xM2", d: number) => {
    // One does not vary, nor do equal ones.
    if (n === 1 || all[m2] === 0) return 0;
    const rest = all[m2] - part[m2] - d * d * share;
    if (rest < all[m2] * LEAST_LEFT) throw UNKNOWN;
    return rest;
  };
  const [yMin, xMin] = [all.yMin ?? 0, all.xMin ?? 0];
  // If all had the same value, it stays the smallest, whichever subject leaves.
  const mayLeave = (part.yMin ?? 0) <= yMin && all.yM2 > 0;
  const mayLeaveToo = (part.xMin ?? 0) <= xMin && all.xM2 > 0;
  return {
    n,
    conversions: (all.conversions ?? 0) - (part.conversions ?? 0),
    yMean,
    xMean,
    yM2: left("yM2", dy),
    xM2: left("xM2", dx),
    comoment: n === 1 ? 0 : all.comoment - part.comoment - dy * dx * share,
    yMin,
    xMin,
    isLoose: all.isLoose === true || mayLeave || mayLeaveToo,
  };
}
