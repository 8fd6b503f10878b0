/** A distribution on a line, by its density; `logDensity` needs no constant. */
export interface Density {
  mean: number;
  sd: number;
  /** Where it begins and ends. */
  low: number;
  high: number;
  logDensity(x: number): number;
}

/** Each density, and the chances to stay below and to exceed, on nodes they share. */
export interface Tabulated {
  /** Weights of the nodes for an integral over x. */
  weights: Float64Array;
  arms: { density: Float64Array; below: Float64Array; above: Float64Array }[];
}

const ORDER = 16;
/** Standard deviations from each mean at which panels begin; beyond the last is less than 1e-17, even of an exponential. */
const CUTS = [-40, -24, -12, -6, -3, -1.5, 0, 1.5, 3, 6, 12, 24, 40];
/** The same where the ends are so far off that the density is nearly normal. */
const NORMAL_CUTS = CUTS.filter((cut) => Math.abs(cut) <= 12);
const FAR = 7;

/**
 * Gauss-Legendre on panels that follow every density. The chances come from the densities on the same nodes, summed from
 * either end, so both tails keep their digits (to 1e-18) and no incomplete beta function is needed at any size.
 */
export function tabulate(densities: readonly Density[]): Tabulated {
  const cuts = panelCuts(densities);
  const panels = cuts.length - 1;
  const size = panels * ORDER;
  const weights = new Float64Array(size);
  const xs = new Float64Array(size);
  for (let panel = 0; panel < panels; panel++) {
    const [from, to] = [cuts[panel] ?? 0, cuts[panel + 1] ?? 0];
    const half = (to - from) / 2;
    for (let i = 0; i < ORDER; i++) {
      weights[panel * ORDER + i] = half * rule.weight(i);
      xs[panel * ORDER + i] = from + half * (1 + rule.node(i));
    }
  }
  return { weights, arms: densities.map((density) => tabulateOne(density, xs, weights, cuts)) };
}

function tabulateOne(
  { low, high, logDensity }: Density,
  xs: Float64Array,
  weights: Float64Array,
  cuts: readonly number[],
): Tabulated["arms"][number] {
  const density = xs.map((x) => (x > low && x < high ? Math.exp(logDensity(x)) : 0));
  const sums = cuts.slice(1).map((_, panel) => {
    let sum = 0;
    for (let i = panel * ORDER; i < (panel + 1) * ORDER; i++) sum += (weights[i] ?? 0) * (density[i] ?? 0);
    return sum;
  });
  const total = sums.reduce((all, sum) => all + sum, 0);
  for (let i = 0; i < density.length; i++) density[i] = (density[i] ?? 0) / total;

  const below = new Float64Array(xs.length);
  const above = new Float64Array(xs.length);
  let before = 0;
  for (let panel = 0; panel < sums.length; panel++) {
    const half = ((cuts[panel + 1] ?? 0) - (cuts[panel] ?? 0)) / 2;
    for (let i = 0; i < ORDER; i++) {
      below[panel * ORDER + i] = before + half * rule.upTo(i, density, panel * ORDER);
    }
    before += (sums[panel] ?? 0) / total;
  }
  let after = 0;
  for (let panel = sums.length - 1; panel >= 0; panel--) {
    const half = ((cuts[panel + 1] ?? 0) - (cuts[panel] ?? 0)) / 2;
    for (let i = 0; i < ORDER; i++) {
      above[panel * ORDER + i] = after + half * rule.from(i, density, panel * ORDER);
    }
    after += (sums[panel] ?? 0) / total;
  }
  return { density, below, above };
}

function panelCuts(densities: readonly Density[]): number[] {
  const cuts = densities.flatMap(({ mean, sd, low, high }) => {
    const isNearlyNormal = Math.min(mean - low, high - mean) > FAR * sd;
    return (isNearlyNormal ? NORMAL_CUTS : CUTS).map((cut) => Math.min(high, Math.max(low, mean + cut * sd)));
  });
  const sorted = cuts.sort((a, b) => a - b);
  const least = 0.5 * Math.min(...densities.map(({ sd }) => sd));
  const kept = sorted.slice(0, 1);
  // Cuts that nearly coincide would only add panels.
  for (const cut of sorted) if (cut - (kept.at(-1) ?? 0) > least) kept.push(cut);
  const last = sorted.at(-1) ?? 0;
  if (last > (kept.at(-1) ?? 0)) kept.push(last);
  return kept;
}

/** Gauss-Legendre's rule on −1 to 1, and the integrals from −1 to each node and from each node to 1. */
const rule = legendreRule();

function legendreRule() {
  const nodes = Array.from({ length: ORDER }, (_, i) => legendreRoot(ORDER - i));
  const weights = nodes.map((x) => 2 / ((1 - x * x) * legendre(x).slope ** 2));
  const cumulative = nodes.map((end) =>
    nodes.map((node, j) => integralOfCardinal(node, weights[j] ?? 0, end)),
  );
  const flat = Float64Array.from(cumulative.flat());
  return {
    node: (i: number) => nodes[i] ?? 0,
    weight: (i: number) => weights[i] ?? 0,
    upTo(i: number, values: Float64Array, offset: number): number {
      let sum = 0;
      for (let j = 0; j < ORDER; j++) sum += (flat[i * ORDER + j] ?? 0) * (values[offset + j] ?? 0);
      return Math.max(0, sum);
    },
    from(i: number, values: Float64Array, offset: number): number {
      let sum = 0;
      // Mirrored, so that nothing is subtracted.
      for (let j = 0; j < ORDER; j++) {
        sum += (flat[(ORDER - 1 - i) * ORDER + (ORDER - 1 - j)] ?? 0) * (values[offset + j] ?? 0);
      }
      return Math.max(0, sum);
    },
  };
}

function legendreRoot(number: number): number {
  let x = Math.cos((Math.PI * (number - 0.25)) / (ORDER + 0.5));
  for (let i = 0; i < 10; i++) {
    const { value, slope } = legendre(x);
    x -= value / slope;
  }
  return x;
}

function legendre(x: number): { value: number; slope: number } {
  const values = legendreValues(x, ORDER);
  const [last, beforeLast] = [values[ORDER] ?? 0, values[ORDER - 1] ?? 0];
  return { value: last, slope: (ORDER * (x * last - beforeLast)) / (x * x - 1) };
}

function legendreValues(x: number, order: number): number[] {
  const values = [1, x];
  for (let k = 1; k < order; k++) {
    values.push(((2 * k + 1) * x * (values[k] ?? 0) - k * (values[k - 1] ?? 0)) / (k + 1));
  }
  return values;
}

/** From −1 to `end`, of the polynomial that is 1 at `node` and 0 at the others. */
function integralOfCardinal(node: number, weight: number, end: number): number {
  const [atNode, atEnd] = [legendreValues(node, ORDER), legendreValues(end, ORDER)];
  let sum = (end + 1) / 2;
  for (let k = 1; k < ORDER; k++) sum += ((atNode[k] ?? 0) * ((atEnd[k + 1] ?? 0) - (atEnd[k - 1] ?? 0))) / 2;
  return weight * sum;
}
