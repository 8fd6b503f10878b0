import { normalIsf, type Random } from "../internals";
import { addBoth, noSums, type Sums } from "../sums";
import { bothSizes, HALF_AS_LARGE_AGAIN, type Kind, TWICE_AS_MANY } from "./kind";

const BOOKERS = 0.05;
/** How many bookings a booker has, and how likely. */
const BOOKINGS = [
  [1, 0.55],
  [2, 0.2],
  [3, 0.12],
  [5, 0.08],
  [10, 0.05],
] as const;

/** Who books more pays more for each: numerator and denominator go together. */
function priceAt(bookings: number): number {
  return 1 + 0.1 * (bookings - 1);
}

function someBookings(random: Random): number {
  let left = random.uniform();
  for (const [bookings, share] of BOOKINGS) {
    left -= share;
    if (left < 0) return bookings;
  }
  return 1;
}

const revenuePerBooking: Kind = {
  id: "per-booking",
  name: "revenue per booking, 5 % book",
  metric: "ratio",
  isAdjusted: false,
  sizes: bothSizes,
  mostLift: HALF_AS_LARGE_AGAIN,
  draw(random, n, factor, into) {
    const bookers = random.binomial(n, BOOKERS);
    into.n += n;
    into.acting += bookers;
    for (let i = 0; i < bookers; i++) {
      const bookings = someBookings(random);
      addBoth(into, factor * bookings * priceAt(bookings) * Math.exp(random.normal()), bookings);
    }
  },
  expected(factor) {
    const [first, second] = [Math.exp(0.5), Math.exp(2)];
    const sums: Sums = { ...noSums(), n: 1, acting: BOOKERS };
    for (const [bookings, share] of BOOKINGS) {
      const [p, spent] = [BOOKERS * share, factor * bookings * priceAt(bookings)];
      sums.y += p * spent * first;
      sums.yy += p * spent * spent * second;
      sums.x += p * bookings;
      sums.xx += p * bookings * bookings;
      sums.xy += p * spent * bookings * first;
    }
    return sums;
  },
};

const RATE = 0.3;
/** Rates of teams are Beta(6 r, 6 (1 − r)). */
const ALIKE = 6;

/** Teams whose members convert, each team at a rate of its own. Sizes are drawn from a list. */
function teams(
  about: Pick<Kind, "id" | "name" | "sizes">,
  sizesOfTeams: readonly [number, ...number[]],
): Kind {
  return {
    ...about,
    metric: "ratio",
    isAdjusted: false,
    mostLift: TWICE_AS_MANY,
    draw(random, n, factor, into) {
      const rate = RATE * factor;
      into.n += n;
      for (let i = 0; i < n; i++) {
        const size = random.pick(sizesOfTeams);
        const converted = random.binomial(size, random.beta(ALIKE * rate, ALIKE * (1 - rate)));
        if (converted > 0) into.acting++;
        addBoth(into, converted, size);
      }
    },
    expected(factor) {
      const rate = RATE * factor;
      const sums: Sums = { ...noSums(), n: 1 };
      for (const size of sizesOfTeams) {
        const share = 1 / sizesOfTeams.length;
        const variance = size * rate * (1 - rate) * (1 + (size - 1) / (ALIKE + 1));
        sums.y += share * size * rate;
        sums.yy += share * (variance + (size * rate) ** 2);
        sums.x += share * size;
        sums.xx += share * size * size;
        sums.xy += share * size * size * rate;
        sums.acting += share * (1 - chanceOfNone(size, rate));
      }
      return sums;
    },
  };
}

function chanceOfNone(size: number, rate: number): number {
  let chance = 1;
  for (let i = 0; i < size; i++) chance *= (ALIKE * (1 - rate) + i) / (ALIKE + i);
  return chance;
}

/** So many quantiles of a distribution, rounded to whole members. */
function quantiles(count: number, at: (tail: number) => number): [number, ...number[]] {
  const [first = 1, ...rest] = Array.from({ length: count }, (_, i) =>
    Math.max(1, Math.round(at((i + 0.5) / count))),
  );
  return [first, ...rest];
}

const lognormalSizes = quantiles(100, (tail) => 6 * Math.exp(1.2 * normalIsf(tail)));
const paretoSizes = quantiles(400, (tail) => 2 * tail ** (-1 / 1.2));
const FEW = 40;

export const ratios: Kind[] = [
  revenuePerBooking,
  teams(
    { id: "teams-lognormal", name: "per member, teams of 1 to 132", sizes: () => [5_000] },
    lognormalSizes,
  ),
  teams({ id: "teams-pareto", name: "per member, teams of 2 to 525", sizes: () => [5_000] }, paretoSizes),
  teams(
    {
      id: "teams-few",
      name: "per member, 40 teams in the smaller variant",
      sizes: (smallestShare) => [Math.round(FEW / smallestShare)],
    },
    lognormalSizes,
  ),
];
