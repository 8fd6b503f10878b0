import { expect, test } from "vitest";
import { z } from "zod";
import { asIssue, refusalOf } from "./issue";
import { sentence } from "./sentence";

function reasonsOf(schema: z.ZodType, input: unknown): string[] {
  return schema.safeParse(input).error?.issues.map((issue) => refusalOf(issue).message) ?? [];
}

test.each<[string, z.ZodType, unknown, string]>([
  ["a missing text", z.object({ slug: z.string() }), {}, "This is missing."],
  ["a missing choice", z.object({ unit: z.enum(["USER", "TEAM"]) }), {}, "Use one of these: USER, TEAM."],
  ["a number for a text", z.string(), 7, "Use text here."],
  ["nothing for a text", z.string(), null, "Use text here."],
  ["a text for a number", z.number(), "7", "Use a number here."],
  ["NaN", z.number(), Number.NaN, "Use a number here."],
  ["half a number", z.number().int(), 0.5, "Use a whole number here."],
  ["a text for a switch", z.boolean(), "yes", "Use true or false here."],
  ["an object for a list", z.array(z.string()), {}, "Use a list here."],
  ["a list for an object", z.object({}), [], "Use an object here."],
  ["a text for a record", z.record(z.string(), z.string()), "x", "Use an object here."],
  ["a text for a date", z.date(), "x", "Use a date here."],
  ["too short a text", z.string().min(3), "x", "Use at least 3 characters."],
  ["an empty text", z.string().min(1), "", "Use at least one character."],
  ["too long a text", z.string().max(2), "xyz", "Use at most 2 characters."],
  ["too small a number", z.number().min(2), 1, "Use 2 or more."],
  ["zero where it must be above", z.number().positive(), 0, "Use a number above 0."],
  ["too large a number", z.number().max(2), 3, "Use 2 or less."],
  ["one that must be below", z.number().lt(2), 2, "Use a number below 2."],
  ["too short a list", z.array(z.string()).min(2), [], "List at least 2."],
  ["too long a list", z.array(z.string()).max(1), ["a", "b"], "List at most 1."],
  ["a choice that there is not", z.enum(["USER", "TEAM"]), "ALL", "Use one of these: USER, TEAM."],
  ["a name that there is not", z.strictObject({}), { a: 1 }, "Not recognized: a."],
  ["a wrong form", z.email(), "x", "This isn’t in the expected format."],
  ["none of several", z.union([z.string(), z.number()]), [], "This isn’t in the expected format."],
  ["a wrong key", z.record(z.email(), z.string()), { x: "y" }, "This isn’t in the expected format."],
  ["no multiple", z.number().multipleOf(5), 7, "This isn’t in the expected format."],
])("%s is refused in plain words", (_, schema, input, reason) => {
  expect(reasonsOf(schema, input)).toEqual([reason]);
});

test("a schema's own words stand", () => {
  expect(reasonsOf(z.string("Enter a name."), 7)).toEqual(["Enter a name."]);
  expect(reasonsOf(z.string().max(1, "Too long for a slug."), "ab")).toEqual(["Too long for a slug."]);
});

test("the variables of a sentence survive zod, so that it can be translated", () => {
  const reason = sentence("Use at most {{most}} characters.", { most: "2" });
  const schema = z.string().superRefine((_, context) => {
    context.addIssue({ code: "custom", ...asIssue(reason) });
  });
  const [issue] = schema.safeParse("x").error?.issues ?? [];
  expect(issue && refusalOf(issue).sentence).toEqual(reason);
  const [bound] = z.string().max(2).safeParse("xyz").error?.issues ?? [];
  expect(bound && refusalOf(bound).sentence).toEqual(reason);
});

test("a thousand hostile names make a short sentence", () => {
  const names = Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`${at}${"x".repeat(5000)}`, 1]));
  expect(reasonsOf(z.strictObject({}), names)[0]?.length).toBeLessThan(1000);
});
