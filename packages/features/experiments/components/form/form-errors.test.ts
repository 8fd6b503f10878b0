import { expect, test } from "vitest";
import { placed } from "./form-errors";
import { emptyForm } from "./to-form-values";

const values = {
  ...emptyForm,
  clientEvents: ["Clicked!"],
};

test.each([
  ["slug", "slug"],
  ["variants.1.name", "variants.1.name"],
  ["variants", "variants"],
  ["control", "variants"],
  ["variants.0.payload.deep.inside", "variants.0.payload"],
  ["clientEvents.0", "clientEvents"],
  ["targetingRules.teamIds.1", "targetingRules.teamIds"],
  ["targetingRules.userAttributes.country", "targetingRules.userAttributes"],
  ["exclusionGroups.0.name", "exclusionGroups"],
  ["metrics.secondary.0", "metrics"],
  ["analysis.plannedSubjects", "analysis.plannedSubjects"],
  ["schedule.stopAt", "schedule.stopAt"],
  ["", "root"],
])("what is refused at %j is shown at %j", (path, place) => {
  expect(placed([{ path, message: "No." }], values).map((issue) => issue.path)).toEqual([place]);
});

test("an entry of a list is named, and each control has one complaint", () => {
  expect(
    placed(
      [
        { path: "clientEvents.0", message: "Use lower-case letters." },
        { path: "clientEvents", message: "Enter at most 20 events." },
      ],
      values,
    ),
  ).toEqual([{ path: "clientEvents", message: "Clicked!: Use lower-case letters." }]);
});
