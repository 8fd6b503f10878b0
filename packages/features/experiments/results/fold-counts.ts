import { DAY_MS } from "@calcom/lib/time";
import { foldRows, type Three } from "./fold-rows";
import type { CountedRecount } from "./recount-rows";

export interface VariantCount {
  variant: string;
  assigned: number;
  exposed: number;
  converted: number;
  events: Record<string, number>;
}

export interface ExperimentCounts {
  variants: VariantCount[];
  imported: number;
  mixed: number;
}

export interface AllRows extends ExperimentCounts {
  /** Rows, whether or not they count. */
  assignments: number;
  /** First exposures since the day before, by the number of ten minutes since 1970. */
  recent: { at: number; n: number }[];
}

const TEN_MINUTES_MS = 600_000;

/** First exposures of the last 24 hours, to ten minutes: what is older goes without its rows being read again. */
export function countRecent(recent: AllRows["recent"], asOf: Date): number {
  return recent
    .filter(({ at }) => at * TEN_MINUTES_MS >= asOf.getTime() - DAY_MS)
    .reduce((sum, { n }) => sum + n, 0);
}

export function foldRecent(...parts: Three<AllRows["recent"]>): AllRows["recent"] {
  return foldRows(["at"], ["n"], parts).filter(({ n }) => n !== 0);
}

/** As `foldRecount`. */
export function foldCounts(before: AllRows, then: AllRows, now: AllRows): AllRows | null {
  const add = (of: (part: AllRows) => number | undefined) =>
    (of(before) ?? 0) - (of(then) ?? 0) + (of(now) ?? 0);
  const names = new Set(
    [before, then, now].flatMap(({ variants }) => variants.map(({ variant }) => variant)),
  );
  const variants = [...names].flatMap((variant) => {
    const own = ({ variants }: AllRows) => variants.find((one) => one.variant === variant);
    const events = new Set([before, then, now].flatMap((part) => Object.keys(own(part)?.events ?? {})));
    const sum: VariantCount = {
      variant,
      assigned: add((part) => own(part)?.assigned),
      exposed: add((part) => own(part)?.exposed),
      converted: add((part) => own(part)?.converted),
      events: Object.fromEntries(
        [...events]
          .map((event) => [event, add((part) => own(part)?.events[event])] as const)
          .filter(([, n]) => n !== 0),
      ),
    };
    return sum.assigned === 0 ? [] : [sum];
  });
  const recent = foldRecent(before.recent, then.recent, now.recent);
  const isPossible = [
    ...recent.map(({ n }) => n),
    ...variants.flatMap(({ events, variant: _variant, ...counts }) => [
      ...Object.values(counts),
      ...Object.values(events),
    ]),
  ].every((n) => n >= 0);
  if (!isPossible) return null;
  return {
    variants,
    imported: add(({ imported }) => imported),
    mixed: add(({ mixed }) => mixed),
    assignments: add(({ assignments }) => assignments),
    recent,
  };
}

/** The same counts, told from a recount of an experiment that goes on. */
export function tellCounts({ population, converted, ...rest }: CountedRecount): AllRows {
  const names = [...new Set(population.map(({ variant }) => variant))];
  const variants = names.map((variant) => {
    const own = population.filter((row) => row.variant === variant);
    const acted = converted.filter((row) => row.variant === variant);
    const sum = (rows: readonly { n: number }[]) => rows.reduce((total, { n }) => total + n, 0);
    return {
      variant,
      assigned: sum(own),
      exposed: sum(own.filter(({ day }) => day !== null)),
      converted: sum(acted.filter(({ event }) => event === null)),
      events: Object.fromEntries(acted.flatMap(({ event, n }) => (event === null ? [] : [[event, n]]))),
    };
  });
  const { imported, mixed, assignments, recent } = rest;
  return { variants, imported, mixed, assignments, recent };
}
