import { expect, test } from "vitest";
import { rebase } from "./rebase";
import { emptyForm } from "./to-form-values";

const base = { ...emptyForm, name: "Base", trafficPercentage: "100", hypothesis: "" };

test("takes theirs where I changed nothing, and mine where I did", () => {
  const mine = { ...base, trafficPercentage: "50" };
  const current = { ...base, trafficPercentage: "20", name: "Theirs" };
  const { values, theirs, conflicts } = rebase(base, mine, current);
  expect(values).toEqual({ ...base, name: "Theirs", trafficPercentage: "50" });
  expect(theirs).toEqual(["name", "trafficPercentage"]);
  expect(conflicts).toEqual(["trafficPercentage"]);
});

test("the same change by both is no conflict", () => {
  const changed = { ...base, hypothesis: "More" };
  expect(rebase(base, changed, changed)).toEqual({ values: changed, theirs: [], conflicts: [] });
});
