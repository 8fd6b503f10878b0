import { LEAST_SUBJECTS } from "../types/segments";
import type { SmallSegments } from "./recount-rows";
import type { StoredResult } from "./types";

/**
 * Leaves out of a result what names people: values of facts that fewer than five subjects have, and the state by which
 * the next look goes on. How many there are is told, as of other small segments. Days are not asked for here either.
 */
export function hidePeople(result: StoredResult): StoredResult {
  const { days: _days, ...told } = result;
  const { analysis, segments, smallSegments = [] } = told;
  const tested = analysis?.split.bySegment;
  const shown = segments.filter(({ variants }) => countOf(variants, "subjects") >= LEAST_SUBJECTS);
  const hidden = (tested ?? []).filter((one) => countOf(one.variants, "observed") < LEAST_SUBJECTS);
  return {
    ...told,
    analysis: analysis && {
      ...analysis,
      split:
        tested === undefined
          ? analysis.split
          : { ...analysis.split, bySegment: tested.filter((one) => !hidden.includes(one)) },
      state: { smallestP: analysis.state.smallestP, smallestSplitP: analysis.state.smallestSplitP },
    },
    segments: shown,
    ...(result.segmentTests && {
      segmentTests: result.segmentTests.filter((test) =>
        shown.some(({ fact, value }) => fact === test.fact && value === test.value),
      ),
    }),
    smallSegments: hidden.reduce(
      (all, { fact, variants }) => addTo(all, fact, countOf(variants, "observed")),
      smallSegments,
    ),
    chain: { ...result.chain, state: null },
  };
}

function countOf<Key extends string>(variants: readonly Record<Key, number>[], key: Key): number {
  return variants.reduce((sum, variant) => sum + variant[key], 0);
}

function addTo(all: readonly SmallSegments[], fact: string, subjects: number): SmallSegments[] {
  const known = all.find((one) => one.fact === fact) ?? { fact, values: 0, subjects: 0 };
  const more = { ...known, values: known.values + 1, subjects: known.subjects + subjects };
  return [...all.filter((one) => one !== known), more];
}
