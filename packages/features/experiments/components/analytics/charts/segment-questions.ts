import type { SegmentResult } from "@calcom/statistics";

/** How many comparisons the tests are, as the engine counts them: of two values of a fact each says what the other does. */
export function countQuestions(tests: readonly SegmentResult[]): { made: number; missing: number } {
  let [made, missing] = [0, 0];
  for (const { values, tested } of groupsOf(tests)) {
    // One alone has nothing to be compared with, however many come.
    if (values === 1) continue;
    const [all, answered] = values === 2 ? [1, Math.min(tested, 1)] : [values, tested];
    made += answered;
    missing += all - answered;
  }
  return { made, missing };
}

/** The facts of which so many values are shown. */
export function factsWith(values: number, tests: readonly SegmentResult[]): string[] {
  const facts = groupsOf(tests).flatMap((group) => (group.values === values ? [group.fact] : []));
  return [...new Set(facts)];
}

interface Group {
  fact: string;
  values: number;
  tested: number;
}

/** By fact and variant. */
function groupsOf(tests: readonly SegmentResult[]): Group[] {
  const groups = new Map<string, Group>();
  for (const { fact, variant, p } of tests) {
    const key = JSON.stringify([fact, variant]);
    const group = groups.get(key) ?? { fact, values: 0, tested: 0 };
    group.values += 1;
    group.tested += p === null ? 0 : 1;
    groups.set(key, group);
  }
  return [...groups.values()];
}
