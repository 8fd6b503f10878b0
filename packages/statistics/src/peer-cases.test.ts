import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { type Answer, table } from "./testing/peers";

// What other tools publish in their own tests. Where the method is ours the figure is reproduced. Where it is not, the
// table in testing/peers.ts says why and what ours is, so that no difference goes unnoticed.

const file = path.join(import.meta.dirname, "peer-cases.json");
const figure = z.union([z.number(), z.enum(["inf", "-inf"])]);
const schema = z.array(
  z.object({
    id: z.string(),
    input: z.unknown(),
    expected: z.record(z.string(), z.union([figure, z.array(figure)])),
    tolerance: z.number(),
  }),
);
const cases = schema.parse(JSON.parse(readFileSync(file, "utf8")));

describe("the figures of peers", () => {
  test("are 18", () => expect(cases).toHaveLength(18));

  test("are all in the table", () =>
    expect(cases.map(({ id }) => id).sort()).toEqual(Object.keys(table).sort()));

  test.each(cases.map((one) => [one.id, one] as const))(
    "%s is reproduced, or differs for the reason given",
    (id, one) => {
      const answer: Answer = table[id]?.(one.input) ?? {};
      for (const [field, expected] of Object.entries(one.expected)) {
        const { ours, differs } = answer[field] ?? expect.fail(`${field} is not in the table.`);
        const gaps = [expected].flat().flatMap((theirs, i) => {
          const value = [ours].flat()[i] ?? Number.NaN;
          return typeof theirs === "number" ? [Math.abs(value - theirs)] : [];
        });
        const largest = Math.max(...gaps);
        const explain = `${field}: ${String(ours)} for ${String(expected)}`;
        // A difference that is gone has to leave the table.
        if (differs === undefined) expect(largest, explain).toBeLessThanOrEqual(one.tolerance);
        else expect(largest, explain).toBeGreaterThan(one.tolerance);
      }
    },
  );
});
