import type { Sums } from "../sums";
import type { Kind } from "./kind";
import { rates } from "./rates";
import { ratios } from "./ratios";
import { values } from "./values";

export type { Kind } from "./kind";

export const kinds: Kind[] = [...rates, ...values, ...ratios].map(remembering);

/** What is expected is asked at every look, and is the same every time. */
function remembering(kind: Kind): Kind {
  const known = new Map<number, Sums>();
  return {
    ...kind,
    expected(factor) {
      const before = known.get(factor);
      if (before !== undefined) return before;
      const sums = kind.expected(factor);
      known.set(factor, sums);
      return sums;
    },
  };
}
