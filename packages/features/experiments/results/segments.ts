import {
  compareSegments,
  type Design,
  type EpochData,
  type SegmentData,
  type SegmentResult,
} from "@calcom/statistics";
import type { Metric } from "../metrics/define-metric";
import { metricKinds } from "../types/metric-kind";
import { buildArm } from "./grid";
import type { Recount, SegmentRow, Weights } from "./recount-rows";
import { addZeros } from "./sums";
import type { Segment } from "./types";

/** Of each fact the values with the most subjects; the others would be a list of exceptions. */
export const MOST_VALUES = 12;

export function readSegments({ segments }: Recount, metric: Metric): Segment[] {
  const found = [...groupByValue(segments).values()].map((rows) => {
    const variants = new Map<string, SegmentRow>();
    for (const row of rows) {
      const before = variants.get(row.variant);
      variants.set(row.variant, before === undefined ? row : addRows(before, row));
    }
    return { rows, variants: [...variants.values()], total: rows.reduce((sum, { n }) => sum + n, 0) };
  });
  const all = found.flatMap(({ rows: [first], variants, total }) =>
    first === undefined
      ? []
      : {
          total,
          fact: first.fact,
          value: String(first.value),
          metric: metric.key,
          variants: variants.map(({ variant, n, converted, y, x }) => ({
            variant,
            subjects: n,
            converted,
            mean: metric.kind === "ratio" ? (x === 0 ? 0 : y / x) : y / n,
          })),
        },
  );
  all.sort((a, b) => a.fact.localeCompare(b.fact) || b.total - a.total);
  return all
    .filter((one) => all.filter(({ fact }) => fact === one.fact).indexOf(one) < MOST_VALUES)
    .map(({ total: _total, ...segment }) => segment);
}

/** Whether the effect differs between segments, whose values are read as they are, without a covariate. */
export function testSegments(
  recount: Recount,
  { metric, design, weights }: { metric: Metric; design: Design; weights: Weights },
): SegmentResult[] {
  return compareSegments(
    design,
    metricKinds[metric.kind].analysedAs,
    readSegmentData(recount, metric, weights),
  );
}

/** Nothing of recounts from before their segments told epochs, and how values vary. */
export function readSegmentData({ segments }: Recount, metric: Metric, weights: Weights): SegmentData[] {
  return [...groupByValue(segments).values()].flatMap((rows) => toData(rows, metric, weights) ?? []);
}

/** Values that are written alike are one segment. */
function groupByValue(rows: readonly SegmentRow[]): Map<string, SegmentRow[]> {
  const groups = new Map<string, SegmentRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.fact, String(row.value)]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
}

function addRows(a: SegmentRow, b: SegmentRow): SegmentRow {
  return { ...a, n: a.n + b.n, converted: a.converted + b.converted, y: a.y + b.y, x: a.x + b.x };
}

/** Null where the rows do not say in which epoch, and how values vary. */
function toData(rows: readonly SegmentRow[], metric: Metric, weights: Weights): SegmentData | null {
  const [first] = rows;
  if (first === undefined) return null;
  const epochs: EpochData[] = [];
  for (const { epoch, variant, n, converted, acted, yMean, yM2, xMean, xM2, comoment } of rows) {
    if (epoch === undefined || acted === undefined) return null;
    const data = epochs.find((one) => one.epoch === epoch && one.arms[variant] === undefined) ?? {
      epoch,
      weights: weights.get(epoch) ?? {},
      arms: {},
    };
    if (!epochs.includes(data)) epochs.push(data);
    const sums = {
      yMean: yMean ?? 0,
      yM2: yM2 ?? 0,
      xMean: xMean ?? 0,
      xM2: xM2 ?? 0,
      comoment: comoment ?? 0,
    };
    data.arms[variant] = buildArm(
      "covariate" in metric ? { ...metric, covariate: null } : metric,
      addZeros({ n: acted, ...sums }, n),
      converted,
    );
  }
  return { fact: first.fact, value: String(first.value), epochs };
}
