import { expect, it } from "vitest";
import { pricesFor } from "./prices";

it.each([null, "control", "a variant nobody defined", "toString", "__proto__"])(
  "charges the list price for %j",
  (variant) => {
    expect(pricesFor(variant)).toEqual({ individual: 10, teams: 20 });
  },
);

it("charges what each tested variant says", () => {
  expect(pricesFor("variant-a")).toEqual({ individual: 12, teams: 24 });
  expect(pricesFor("variant-b")).toEqual({ individual: 8, teams: 16 });
});
