import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { compute, notAnswered } from "./testing/reference";

const number = z.union([z.number(), z.null(), z.enum(["Infinity", "-Infinity"])]);
const schema = z.object({
  cases: z.array(
    z.object({
      id: z.string(),
      method: z.string(),
      input: z.record(z.string(), z.unknown()),
      expected: z.record(z.string(), z.union([number, z.boolean(), z.array(number)])),
      tolerance: z.object({ rel: z.number(), abs: z.number() }),
    }),
  ),
});
const file = path.join(import.meta.dirname, "reference-cases.json");
const { cases } = schema.parse(JSON.parse(readFileSync(file, "utf8")));

describe("each of the 152 reference cases is met within its tolerance", () => {
  test("there are 152", () => expect(cases).toHaveLength(152));

  test.each(cases.map((one) => [one.id, one] as const))("%s", (_, { method, input, expected, tolerance }) => {
    const got = compute(method, input);
    let compared = 0;
    for (const [field, value] of Object.entries(expected)) {
      if (notAnswered[method]?.includes(field)) continue;
      expectNear(got[field], value, tolerance, field);
      compared++;
    }
    expect(compared).toBeGreaterThan(0);
  });
});

function expectNear(
  got: unknown,
  expected: unknown,
  tolerance: { rel: number; abs: number },
  field: string,
): void {
  if (Array.isArray(expected)) {
    expect(got, field).toHaveLength(expected.length);
    for (const [i, value] of expected.entries())
      expectNear(Array.isArray(got) ? got[i] : undefined, value, tolerance, `${field}[${i}]`);
  } else if (typeof expected === "number") {
    const limit = Math.max(tolerance.abs, tolerance.rel * Math.abs(expected));
    if (typeof got !== "number") expect.fail(`${field}: ${String(got)}`);
    expect(Math.abs(got - expected), `${field}: ${got} for ${expected}`).toBeLessThanOrEqual(limit);
  } else {
    expect(typeof got === "number" ? String(got) : got, field).toEqual(expected);
  }
}
