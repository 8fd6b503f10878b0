import { describe, expect, test } from "vitest";
import { aResult, aSegment } from "../components/analytics/charts/testing/results";
import { aMeasuredResult } from "../components/analytics/testing/results";
import { aReport, aView } from "../components/report/testing/report";
import { hidePeople, trimResult } from "./report";

describe("a report for everybody", () => {
  const facts = aReport({
    name: "For ada@example.com",
    hypothesis: "As ada.lovelace+x@example.co.uk said: “more clicks” (see bob@example.com).",
    learning: "Ask <carol@example.com>",
    description: "dave@example.com",
    withoutMetric: "erin@example.com knows",
    audience: {
      kind: "named",
      teams: { 7: "Team of Frank", 9: "Grace & Sons" },
      rules: {
        plans: ["teams"],
        teamIds: [7, 8],
        organizationIds: [9],
        userAttributes: {
          email: { $in: ["heidi@example.com"] },
          $or: [{ country: "DE" }, { $not: { "company.name": { $regex: "Ivan" } } }],
        },
      },
    },
    people: { owner: "Judy", startedBy: "Kim", concludedBy: "Leo", takenBackBy: "Mia" },
    lastAsk: { at: new Date(), build: "build" },
    metrics: [{ key: "upgrade", name: "Upgrades of nina@example.com", role: "primary" }],
    view: aView({
      ...aMeasuredResult(),
      metrics: aMeasuredResult().metrics.map((metric) => ({ ...metric, name: "Paid by olga@example.com" })),
    }),
  });
  const hidden = JSON.stringify(hidePeople(facts));

  test("holds no name and no address of anybody, in no setting and in no text", () => {
    expect(hidden).not.toMatch(
      /example\.(?:com|co)|lovelace|Frank|Grace|heidi|Ivan|Judy|Kim|Leo|Mia|"DE"|"build"/,
    );
    for (const name of ["Frank", "heidi", "Judy", "example.com", "nina@", "olga@"])
      expect(JSON.stringify(facts)).toContain(name);
  });

  test("says how many teams there are, and which attributes are asked", () => {
    expect(hidePeople(facts).audience).toEqual({
      kind: "counted",
      plans: ["teams"],
      teams: 2,
      organizations: 1,
      excludeOrganizations: false,
      attributes: ["email", "country", "company.name"],
    });
  });

  test("leaves the words around an address", () => {
    expect(hidePeople(facts).hypothesis).toBe("As …@… said: “more clicks” (see …@…).");
  });
});

test("a report holds no value of a fact: neither its segments nor the split within them", () => {
  const result = aResult({ segments: [aSegment("email", "ada@example.com")] });
  const { analysis } = result;
  const segment = { fact: "email", value: "ada@example.com", status: "off", p: 0, pAdjusted: 0 } as const;
  const state = {
    smallestP: {},
    smallestSplitP: 1,
    smallestSegmentP: { '["email","ada@example.com"]': 0.2 },
  };
  const split = analysis && {
    ...analysis.split,
    bySegment: [{ ...segment, variants: [], once: { method: null, reason: "too_few_units" } as const }],
  };
  const trimmed = trimResult({
    ...result,
    analysis: analysis && split && { ...analysis, split, state },
    smallSegments: [{ fact: "email", values: 3, subjects: 9 }],
  });
  expect(JSON.stringify(trimmed)).not.toMatch(/email|ada@/);
  expect(trimmed.analysis?.verdict).toEqual(analysis?.verdict);
});
