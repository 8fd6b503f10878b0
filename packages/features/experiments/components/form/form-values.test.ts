import { describe, expect, test } from "vitest";
import { experimentInputSchema, experimentPatchSchema } from "../../types/input";
import { anExperiment } from "../testing/experiments";
import { changedSettings, toSettings } from "./form-settings";
import { emptyForm, toFormValues } from "./to-form-values";

const stored = anExperiment(
  {},
  {
    variants: [
      { name: "short", percentage: 33.3, payload: { headline: "Short", lines: [1, 2] } },
      { name: "long", percentage: 66.7 },
    ],
    control: "long",
    targetingRules: { plans: ["teams"], teamIds: [3], userAttributes: { country: { $in: ["DE"] } } },
    clientEvents: ["clicked"],
  },
);
const values = toFormValues(stored.slug, stored.description, stored.config);
const settings = toSettings(values);

describe("between the stored settings and the form", () => {
  test("nothing is lost and nothing is changed", () => {
    const { status, salt, hashVersion, epoch, winnerVariant, startedAt, endedAt, ownerId, ...edited } =
      stored.config;
    const {
      convertedFrom,
      registeredMetrics,
      catalogMetrics,
      plannedBy,
      conclusionReason,
      takenBack,
      ...expected
    } = edited;
    expect(settings).toEqual({ ...expected, description: "" });
    expect(changedSettings(settings, settings)).toEqual({});
  });

  test("a changed part is the whole patch, and one that the schema takes", () => {
    const changed = changedSettings(settings, toSettings({ ...values, trafficPercentage: "12,5" }));
    expect(changed).toEqual({ trafficPercentage: 12.5 });
    expect(experimentPatchSchema.safeParse(changed).success).toBe(true);
  });
});

test("an empty form lacks a name and a slug, and nothing else", () => {
  const parsed = experimentInputSchema.safeParse({ slug: emptyForm.slug, ...toSettings(emptyForm) });
  expect(new Set(parsed.error?.issues.map(({ path }) => path.join(".")))).toEqual(new Set(["slug", "name"]));
});

test("text that is no JSON is refused by the schema, and never becomes a payload", () => {
  const variants = values.variants.map((row) => ({ ...row, payload: "{" }));
  const patch = { variants: toSettings({ ...values, variants }).variants };
  expect(experimentPatchSchema.safeParse(patch).error?.issues[0]?.path.slice(0, 3)).toEqual([
    "variants",
    0,
    "payload",
  ]);
});
