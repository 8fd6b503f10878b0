import type { DigestRow } from "../digest-row";
import type { MomentsRow, PopulationRow, Recount } from "../recount-rows";

type Block = DigestRow["assignments"][number];

export function compareBlocks(what: string, before: readonly Block[], after: readonly Block[]): string[] {
  const now = new Map(after.map((block) => [block.block, block]));
  const was = new Map(before.map((block) => [block.block, block]));
  return [...new Set([...was.keys(), ...now.keys()])].sort().flatMap((name) => {
    const [a, b] = [was.get(name), now.get(name)];
    if (a?.hash === b?.hash) return [];
    const added = (b?.rows ?? 0) - (a?.rows ?? 0);
    const how =
      added === 0
        ? "changed"
        : added > 0
          ? `${added} more than there were, recorded after the receipt was made`
          : `${-added} fewer than there were`;
    return [`Rows of ${what}s differ where the assignment's id begins with ${name}: ${how}.`];
  });
}

/** The last digits of a floating point sum depend on how many workers added it up. */
const TOLERANCE = 1e-9;

export function compareNumbers(before: Recount, after: Recount): string[] {
  return [
    ...compareCounts("imported rows", before.imported, after.imported),
    ...compareCounts("people who saw two variants", before.mixed, after.mixed),
    ...comparePopulation(before.population, after.population),
    ...compareMoments(before.moments, after.moments),
  ];
}

function compareCounts(what: string, before: number, after: number): string[] {
  return before === after ? [] : [`There were ${before} ${what}, and there are ${after}.`];
}

function comparePopulation(before: readonly PopulationRow[], after: readonly PopulationRow[]): string[] {
  const totals = (rows: readonly PopulationRow[]) => {
    const sums = new Map<string, number>();
    for (const { variant, epoch, day, n } of rows) {
      const key = `${variant} in epoch ${epoch}, ${day === null ? "not exposed" : `exposed on ${day}`}`;
      sums.set(key, (sums.get(key) ?? 0) + n);
    }
    return sums;
  };
  const [was, now] = [totals(before), totals(after)];
  return [...new Set([...was.keys(), ...now.keys()])].sort().flatMap((key) => {
    const [a, b] = [was.get(key) ?? 0, now.get(key) ?? 0];
    return a === b ? [] : [`${key}: ${a} subjects then, ${b} now.`];
  });
}

function compareMoments(before: readonly MomentsRow[], after: readonly MomentsRow[]): string[] {
  const keyOf = ({ metric, variant, epoch, day }: MomentsRow) =>
    `${metric} of ${variant} in epoch ${epoch}, exposed on ${day}`;
  const now = new Map(after.map((row) => [keyOf(row), row]));
  const was = new Map(before.map((row) => [keyOf(row), row]));
  return [...new Set([...was.keys(), ...now.keys()])].sort().flatMap((key) => {
    const [a, b] = [was.get(key), now.get(key)];
    if (a !== undefined && b !== undefined && areSameMoments(a, b)) return [];
    return [`${key}: ${describeMoments(a)} then, ${describeMoments(b)} now.`];
  });
}

function areSameMoments(a: MomentsRow, b: MomentsRow): boolean {
  if (a.n !== b.n || a.conversions !== b.conversions) return false;
  return (["yMean", "yM2", "xMean", "xM2", "comoment", "yMin", "xMin"] as const).every((part) => {
    // The smallest are absent in receipts of before they were asked, as in what their statements answer today.
    const [was, now] = [a[part] ?? 0, b[part] ?? 0];
    return Math.abs(was - now) <= TOLERANCE * Math.max(1, Math.abs(was), Math.abs(now));
  });
}

function describeMoments(row: MomentsRow | undefined): string {
  return row === undefined
    ? "nobody"
    : `${row.n} subjects with a sum of ${Number((row.yMean * row.n).toPrecision(12))}`;
}
