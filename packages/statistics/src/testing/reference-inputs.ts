import { z } from "zod";

export type Answer = Record<string, number | number[] | boolean | null | undefined>;

export const counts = z.object({ x: z.number(), n: z.number() });
export const pair = z.object({ control: counts, treatment: counts });
export const withLevel = pair.extend({ confidence: z.number() });
export const group = z.object({ n: z.number(), mean: z.number(), variance: z.number() });
export const groups = z.object({ control: group, treatment: group, confidence: z.number() });
export const sums = z.record(z.string(), z.number());
export const strata = (input: unknown) => [{ weight: 1, ...pair.parse(input) }];
export const read = (input: unknown, ...names: string[]) =>
  z.tuple([z.number()], z.number()).parse(names.map((name) => sums.parse(input)[name]));

export type Methods = Record<string, (input: unknown) => Answer>;
