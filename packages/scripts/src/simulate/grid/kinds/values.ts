import type { Random } from "../internals";
import { addBoth, addValue, noSums } from "../sums";
import { bothSizes, HALF_AS_LARGE_AGAIN, type Kind, oneSize, TWICE_AS_MANY } from "./kind";

/** E[Aᵏ] of a lognormal whose logarithm has mean 0. */
function lognormalMoment(sigma: number, k: number): number {
  return Math.exp((k * k * sigma * sigma) / 2);
}

function lognormal(random: Random, sigma: number): number {
  return Math.exp(sigma * random.normal());
}

/** A share of the units acts, and each acting one has a value: the share is what differs. */
function sparse(
  about: Pick<Kind, "id" | "name" | "sizes" | "isSigned">,
  share: number,
  draw: (random: Random) => number,
  [first, second]: [first: number, second: number],
): Kind {
  return {
    ...about,
    metric: "mean",
    isAdjusted: false,
    mostLift: Math.min(TWICE_AS_MANY, 0.9 / share - 1),
    draw(random, n, factor, into) {
      const acting = random.binomial(n, share * factor);
      into.n += n;
      into.acting += acting;
      for (let i = 0; i < acting; i++) addValue(into, draw(random));
    },
    expected(factor) {
      const p = share * factor;
      return { ...noSums(), n: 1, acting: p, y: p * first, yy: p * second };
    },
  };
}

/** Every unit has a value: its size is what differs. */
function dense(
  about: Pick<Kind, "id" | "name">,
  draw: (random: Random) => number,
  [first, second]: [first: number, second: number],
): Kind {
  return {
    ...about,
    metric: "mean",
    isAdjusted: false,
    sizes: oneSize,
    mostLift: HALF_AS_LARGE_AGAIN,
    draw(random, n, factor, into) {
      into.n += n;
      into.acting += n;
      for (let i = 0; i < n; i++) addValue(into, factor * draw(random));
    },
    expected: (factor) => ({
      ...noSums(),
      n: 1,
      acting: 1,
      y: factor * first,
      yy: factor * factor * second,
    }),
  };
}

const PARETO = 2.1;
/** Of the acts after the first one. */
const STOP = 0.25;
const REFUNDED = 0.2;

const SOME = 0.1;
const AGAIN = 0.7;
const NEW = 0.01;
/** Variance of the logarithm of a customer's payments in one month: of the customer, and of the month. */
const [OF_CUSTOMER, OF_MONTH] = [1, 0.25];

/** One in ten is a customer; most customers pay in the month before and in this one, amounts that are alike. */
const cupedMean: Kind = {
  id: "cuped-mean",
  name: "revenue with CUPED, 8 % pay",
  metric: "mean",
  isAdjusted: true,
  sizes: oneSize,
  mostLift: HALF_AS_LARGE_AGAIN,
  draw(random, n, factor, into) {
    const customers = random.binomial(n, SOME);
    into.n += n;
    for (let i = 0; i < customers; i++) {
      const size = lognormal(random, Math.sqrt(OF_CUSTOMER));
      const paid = () => (random.uniform() < AGAIN ? size * lognormal(random, Math.sqrt(OF_MONTH)) : 0);
      const [before, now] = [paid(), factor * paid()];
      if (now > 0) into.acting++;
      addBoth(into, now, before);
    }
    const others = random.binomial(n - customers, NEW);
    into.acting += others;
    for (let i = 0; i < others; i++) addValue(into, factor * lognormal(random, 1));
  },
  expected(factor) {
    const sigma = Math.sqrt(OF_CUSTOMER + OF_MONTH);
    const x = SOME * AGAIN * lognormalMoment(sigma, 1);
    const xx = SOME * AGAIN * lognormalMoment(sigma, 2);
    const together =
      lognormalMoment(Math.sqrt(OF_CUSTOMER), 2) * lognormalMoment(Math.sqrt(OF_MONTH), 1) ** 2;
    const fresh = (1 - SOME) * NEW;
    return {
      n: 1,
      acting: SOME * AGAIN + fresh,
      y: factor * (x + fresh * lognormalMoment(1, 1)),
      yy: factor * factor * (xx + fresh * lognormalMoment(1, 2)),
      x,
      xx,
      xy: factor * SOME * AGAIN * AGAIN * together,
    };
  },
};

export const values: Kind[] = [
  sparse(
    { id: "lognormal-sparse", name: "revenue, 2 % pay, lognormal 1.5", sizes: bothSizes },
    0.02,
    (random) => lognormal(random, 1.5),
    [lognormalMoment(1.5, 1), lognormalMoment(1.5, 2)],
  ),
  dense(
    { id: "lognormal-dense", name: "a value from every unit, lognormal 2" },
    (random) => lognormal(random, 2),
    [lognormalMoment(2, 1), lognormalMoment(2, 2)],
  ),
  dense(
    { id: "pareto", name: "a value from every unit, Pareto 2.1" },
    (random) => random.uniform() ** (-1 / PARETO),
    [PARETO / (PARETO - 1), PARETO / (PARETO - 2)],
  ),
  sparse(
    { id: "zero-inflated", name: "number of actions, 70 % take none", sizes: oneSize },
    0.3,
    (random) => 1 + Math.floor(Math.log(random.uniform()) / Math.log(1 - STOP)),
    [1 / STOP, (2 - STOP) / (STOP * STOP)],
  ),
  sparse(
    { id: "refunds", name: "revenue with refunds, 3 % act", sizes: bothSizes, isSigned: true },
    0.03,
    (random) => (random.uniform() < REFUNDED ? -1 : 1) * lognormal(random, 1),
    [(1 - 2 * REFUNDED) * lognormalMoment(1, 1), lognormalMoment(1, 2)],
  ),
  cupedMean,
];
