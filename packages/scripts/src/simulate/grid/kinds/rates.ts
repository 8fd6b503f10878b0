import { noSums } from "../sums";
import { bothSizes, type Kind, TWICE_AS_MANY } from "./kind";

/** `factor` is by how much the rate differs from that of control at the start. */
function conversion(rate: number, id: string, name: string): Kind {
  return {
    id,
    name,
    metric: "rate",
    isAdjusted: false,
    sizes: bothSizes,
    mostLift: Math.min(TWICE_AS_MANY, 0.9 / rate - 1),
    draw(random, n, factor, into) {
      const conversions = random.binomial(n, rate * factor);
      into.n += n;
      into.acting += conversions;
      into.y += conversions;
      into.yy += conversions;
    },
    expected(factor) {
      const p = rate * factor;
      return { ...noSums(), n: 1, acting: p, y: p, yy: p };
    },
  };
}

/** One price, which few pay. */
function constantPrice(rate: number, id: string, name: string): Kind {
  const price = 30;
  return {
    id,
    name,
    metric: "mean",
    isAdjusted: false,
    sizes: bothSizes,
    mostLift: TWICE_AS_MANY,
    draw(random, n, factor, into) {
      const payers = random.binomial(n, rate * factor);
      into.n += n;
      into.acting += payers;
      into.y += price * payers;
      into.yy += price * price * payers;
    },
    expected(factor) {
      const p = rate * factor;
      return { ...noSums(), n: 1, acting: p, y: price * p, yy: price * price * p };
    },
  };
}

const BEFORE = 0.2;
const AFTER_BEFORE = 0.35;
const WITHOUT_BEFORE = 0.05;

/** Who acted in the month before acts seven times as often. */
const cupedRate: Kind = {
  id: "cuped-rate",
  name: "rate with CUPED, 11 %",
  metric: "rate",
  isAdjusted: true,
  sizes: bothSizes,
  mostLift: TWICE_AS_MANY,
  draw(random, n, factor, into) {
    const before = random.binomial(n, BEFORE);
    const both = random.binomial(before, AFTER_BEFORE * factor);
    const now = both + random.binomial(n - before, WITHOUT_BEFORE * factor);
    into.n += n;
    into.acting += now;
    into.y += now;
    into.yy += now;
    into.x += before;
    into.xx += before;
    into.xy += both;
  },
  expected(factor) {
    const xy = BEFORE * AFTER_BEFORE * factor;
    const y = xy + (1 - BEFORE) * WITHOUT_BEFORE * factor;
    return { n: 1, acting: y, y, yy: y, x: BEFORE, xx: BEFORE, xy };
  },
};

export const rates: Kind[] = [
  conversion(0.001, "conversion-0.1", "conversion 0.1 %"),
  conversion(0.01, "conversion-1", "conversion 1 %"),
  conversion(0.1, "conversion-10", "conversion 10 %"),
  conversion(0.5, "conversion-50", "conversion 50 %"),
  constantPrice(0.01, "price-1", "one price, 1 % pay"),
  constantPrice(0.1, "price-10", "one price, 10 % pay"),
  cupedRate,
];
