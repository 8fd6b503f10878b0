import { z } from "zod";
import { type Estimate, estimateOf } from "../welch";

const count = z.object({ n: z.number(), successes: z.number() });
const total = z.object({ n: z.number(), sum: z.number(), sumSquares: z.number() });
const arm = z.union([count, total]);
const group = z.object({
  n: z.number(),
  post: z.tuple([z.number(), z.number()]),
  pre: z.tuple([z.number(), z.number()]),
  xy: z.number(),
});

function estimate(input: z.infer<typeof arm>): Estimate {
  if ("sum" in input)
    return estimateOf(input.n, input.sum / input.n, input.sumSquares - input.sum ** 2 / input.n);
  const rate = input.successes / input.n;
  // As peers do: a rate varies by p(1 − p) / n.
  return estimateOf(input.n, rate, (input.n - 1) * rate * (1 - rate));
}

export function pairOf(input: unknown) {
  const { control, treatment } = z.object({ control: arm, treatment: arm }).parse(input);
  const [c, t] = [estimate(control), estimate(treatment)];
  const ratio = t.value / c.value;
  return {
    control: c,
    treatment: t,
    units: control.n + treatment.n,
    strata:
      "successes" in control && "successes" in treatment
        ? [
            {
              weight: 1,
              control: { n: control.n, x: control.successes },
              treatment: { n: treatment.n, x: treatment.successes },
            },
          ]
        : null,
    /** Theirs: the relative effect with the delta method's standard error. */
    lift: { effect: ratio - 1, se: Math.sqrt(t.variance + ratio ** 2 * c.variance) / Math.abs(c.value) },
  };
}

export function groupsOf(input: unknown) {
  const { control, treatment } = z.object({ control: group, treatment: group }).parse(input);
  return [control, treatment].map(({ n, post, pre, xy }) => {
    const moments = ([sum, squares]: [number, number]) => ({ mean: sum / n, m2: squares - sum ** 2 / n });
    return { n, value: moments(post), covariate: { ...moments(pre), comoment: xy - (post[0] * pre[0]) / n } };
  });
}
