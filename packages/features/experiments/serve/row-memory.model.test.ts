// Whatever happens on two nodes, in whatever order what is read and what is announced arrives: once its announcements
// have arrived, a node remembers no row but the one that it would read.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { live, RULES, type Rules } from "../testing/memory/live";
import { histories, JOINED, OVERTAKEN } from "../testing/memory/steps";
import type { AssignmentKey, FoundAssignment } from "./assignments.repository";

test("what is remembered is what would be read, in 5,000 histories", { timeout: 180_000 }, () => {
  let remembered = 0;
  fc.assert(
    fc.property(histories, (steps) => {
      const lived = live(steps, RULES);
      remembered += lived.remembered;
      expect(lived.wrong).toBe(0);
    }),
    { numRuns: 5_000, examples: [[OVERTAKEN], [JOINED]] },
  );
  expect(remembered).toBeGreaterThan(10_000);
});

describe("the same histories find it where", () => {
  const withFound = (
    change: (found: FoundAssignment, key: AssignmentKey) => Partial<FoundAssignment>,
  ): Partial<Rules> => ({
    remember(memory, reading, key, experiment, chosen, found) {
      const changed = (one: FoundAssignment) => ({ ...one, ...change(one, key) });
      memory.remember(reading, key, experiment, chosen && changed(chosen), found.map(changed));
    },
  });
  const deafFor = (kind: string): Partial<Rules> => ({
    forget: (memory, name) => {
      if (!name.startsWith(kind)) memory.forget(name);
    },
  });
  test.each<[string, Partial<Rules>]>([
    [
      "unseen rows are remembered",
      withFound(({ assignedAt }) => ({ exposedAt: assignedAt, isSettled: true })),
    ],
    [
      "others of the person that are unseen do not matter",
      {
        remember: (memory, reading, key, experiment, chosen) =>
          memory.remember(reading, key, experiment, chosen, chosen === null ? [] : [chosen]),
      },
    ],
    ["a row counts as settled at once", withFound(() => ({ isSettled: true }))],
    ["the person is that of the session", withFound((_, { personId }) => ({ ownerId: personId }))],
    ["nobody's person is kept", withFound(() => ({ ownerId: null }))],
    ["links of a person are not announced", deafFor("person ")],
    ["changes of a visitor are not announced", deafFor("visitor ")],
    ["the erasure of a user is not announced", deafFor("user ")],
    ["the deletion of an experiment is not announced", deafFor("experiment ")],
    ["a node that hears nothing keeps what it knows", { lose: () => {} }],
    [
      "what is announced during a read is overlooked",
      {
        remember: (memory, _reading, ...given) => {
          const late = memory.begin();
          memory.remember(late, ...given);
          memory.end(late);
        },
      },
    ],
  ])("%s", { timeout: 180_000 }, (_, broken) => {
    const rules = { ...RULES, ...broken };
    const found = fc.check(
      fc.property(histories, (steps) => live(steps, rules).wrong === 0),
      { numRuns: 30_000, endOnFailure: true, examples: [[OVERTAKEN], [JOINED]] },
    );
    expect(found.failed).toBe(true);
  });
});
