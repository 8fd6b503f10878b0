import { teamOrderSchema } from "@calcom/features/billing";
import { fc, test as property } from "@fast-check/vitest";
import { expect, it } from "vitest";
import { slugOf } from "./slug-of";

it.each([
  ["Harbour Office", "harbour-office"],
  ["  Søren & Łukasz — Ateliér 9 ", "s-ren-ukasz-atelier-9"],
  ["日本", ""],
  ["Prototype", "prototype-team"],
  ["---", ""],
])("suggests for %j the address %j", (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});

property.prop([fc.string({ unit: "grapheme" })])("suggests nothing that the order would refuse", (name) => {
  const slug = slugOf(name);
  if (slug !== "") expect(teamOrderSchema.shape.slug.safeParse(slug).success).toBe(true);
});
