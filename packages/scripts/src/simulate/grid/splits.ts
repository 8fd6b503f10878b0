/** Weights for some days. */
export interface Phase {
  /** The last of its days. */
  until: number;
  /** Control first, in percent. */
  weights: readonly number[];
  /** By how much the base differs from that at the start. */
  base: number;
}

export interface Split {
  id: string;
  phases: readonly Phase[];
}

/** Days, and looks, of every experiment of the grid. */
export const DAYS = 70;

function steady(...weights: number[]): Split {
  return { id: weights.join("/"), phases: [{ until: DAYS, weights, base: 1 }] };
}

/** While it becomes fairer, the base rate falls. */
const ramp: Split = {
  id: "ramp",
  phases: [
    { until: 14, weights: [99, 1], base: 1 },
    { until: 35, weights: [90, 10], base: 0.85 },
    { until: DAYS, weights: [50, 50], base: 0.7 },
  ],
};

export const splits: Split[] = [
  steady(50, 50),
  steady(70, 30),
  steady(80, 20),
  steady(90, 10),
  steady(95, 5),
  steady(5, 95),
  steady(99, 1),
  steady(80, 5, 5, 5, 5),
  ramp,
];

/** Of all units, the share that comes to each variant. */
export function sharesOf({ phases }: Split): number[] {
  const [first] = phases;
  return (first?.weights ?? []).map((_, variant) => {
    let [share, since] = [0, 0];
    for (const { until, weights } of phases) {
      share += ((until - since) / DAYS) * ((weights[variant] ?? 0) / 100);
      since = until;
    }
    return share;
  });
}
