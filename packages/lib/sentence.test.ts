import { expect, test } from "vitest";
import { z } from "zod";
import { asIssue, refusalOf } from "./issue";
import { say, sentence, written } from "./sentence";
import type { Translate } from "./translate";

const texts: Record<string, string> = {
  "Enter a number.": "Geben Sie eine Zahl ein.",
  "{{slug}} {{standing}}.": "{{standing}}: {{slug}}",
  "is paused": "pausiert",
};
const german: Translate = (key, values) =>
  (texts[key] ?? key).replace(/\{\{(\w+)\}\}/g, (_, name) => String(values?.[name]));
const english: Translate = (key) => key;

const paused = sentence("{{slug}} {{standing}}.", { slug: "is paused", standing: sentence("is paused") });

test("a sentence is written with its values, sentences within it included", () => {
  expect(written(paused)).toBe("is paused is paused.");
});

test("what another language knows is said there, and a value is never taken for words of ours", () => {
  expect(say(german, { message: written(paused), sentence: paused })).toBe("pausiert: is paused");
  expect(say(german, { message: "Enter a number." })).toBe("Geben Sie eine Zahl ein.");
});

test("what no other language knows stays English", () => {
  expect(say(english, { message: written(paused), sentence: paused })).toBe("is paused is paused.");
  expect(say(german, { message: "Nobody knows this." })).toBe("Nobody knows this.");
});

test("an issue of a schema carries the sentence, in English by itself", () => {
  const schema = z
    .string()
    .superRefine((_, context) => context.addIssue({ code: "custom", ...asIssue(paused) }));
  const [issue] = schema.safeParse("").error?.issues ?? [];
  expect(issue?.message).toBe("is paused is paused.");
  expect(issue && refusalOf(issue)).toEqual({ message: "is paused is paused.", sentence: paused });
});
