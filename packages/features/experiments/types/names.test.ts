import { expect, test } from "vitest";
import { eventNameSchema, variantNameSchema } from "./names";

test("variants are not called true or false, which analytics reads as flags", () => {
  for (const name of ["true", "false"]) expect(variantNameSchema.safeParse(name).success).toBe(false);
  expect(variantNameSchema.safeParse("treatment").success).toBe(true);
});

test("events have no name that begins with a dollar sign: those are PostHog's own", () => {
  expect(eventNameSchema.safeParse("$experiment_exposure").success).toBe(false);
  expect(eventNameSchema.safeParse("experiment_exposure").success).toBe(true);
});
