import { expect, test } from "vitest";
import { anExperiment } from "../testing/builders";
import { findPreviewed, type Overrides } from "./overrides";

const NOW = 1_000;
const experiment = anExperiment();
const inForce = { variant: "urgent", expiresAt: NOW + 1 };

test.each<[what: string, overrides: Overrides | undefined, isFound: boolean]>([
  ["one of the experiment that is in force", { [experiment.slug]: inForce }, true],
  ["one that ends now", { [experiment.slug]: { ...inForce, expiresAt: NOW } }, false],
  [
    "one of a variant that the experiment has not",
    { [experiment.slug]: { ...inForce, variant: "other" } },
    false,
  ],
  ["one of another experiment", { other: inForce }, false],
  ["one that is inherited", Object.create({ [experiment.slug]: inForce }), false],
  ["none", {}, false],
  ["no overrides at all", undefined, false],
])("of overrides, %s: %#", (_, overrides, isFound) => {
  expect(findPreviewed(overrides, experiment, NOW)).toEqual(isFound ? inForce : null);
});
