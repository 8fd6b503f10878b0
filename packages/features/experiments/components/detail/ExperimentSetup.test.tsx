import { cleanup, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { ExperimentDetail } from "../../types/admin";
import type { ExperimentConfig } from "../../types/config";
import { MetricsProvider } from "../form/metrics-port";
import { type AudiencePort, AudiencePortProvider } from "../form/targeting/audience-port";
import { anExperiment } from "../testing/experiments";
import { renderInEnglish } from "../testing/in-english";
import { ExperimentSetup } from "./ExperimentSetup";

afterEach(cleanup);

function show(settings: Partial<ExperimentConfig>, change: Partial<ExperimentDetail> = {}) {
  const findTeams = vi.fn<AudiencePort["findTeams"]>(async (_search, ids) =>
    ids.map((id) => ({ id, name: `Team ${id}`, slug: `team-${id}`, isOrganization: false, members: 1 })),
  );
  const unused = () => Promise.reject(new Error("not asked"));
  const port: AudiencePort = {
    findTeams,
    count: unused,
    tryOut: unused,
    findPeople: unused,
    attributes: unused,
  };
  renderInEnglish(
    <AudiencePortProvider port={port}>
      <MetricsProvider value={[{ key: "revenue", name: "Revenue per user" }]}>
        <ExperimentSetup experiment={anExperiment(change, settings)} />
      </MetricsProvider>
    </AudiencePortProvider>,
  );
  return findTeams;
}

/** What stands beside a term. */
const said = (term: string) => screen.getByText(term).nextElementSibling?.textContent ?? null;

test("the rules read as a sentence, with the names of all teams from one question", async () => {
  const findTeams = show({
    unit: "user",
    targetingRules: {
      plans: ["teams"],
      teamIds: [3, 4],
      organizationIds: [9],
      userAttributes: { country: { $in: ["DE", "AT"] } },
    },
  });
  await waitFor(() =>
    expect(said("Targeting")).toBe(
      "All signed-in users on the Teams plan, and in team Team 3 or Team 4, and in organization Team 9, " +
        "and where country is one of DE or AT",
    ),
  );
  expect(findTeams).toHaveBeenCalledTimes(1);
});

test("rules that no sentence can say are shown as they are", () => {
  show({ targetingRules: { userAttributes: { $not: { country: "DE" } } } });
  expect(said("Targeting")).toContain('"$not"');
});

test("metrics stand with their roles, and the numbers with how they are read", () => {
  show({
    metrics: { primary: "revenue", secondary: ["event:clicked"], guardrails: ["gone"] },
    analysis: { mode: "fixed", plannedSubjects: 12_000, minimumRuntimeDays: 21 },
  });
  expect(said("Primary metric")).toBe("Revenue per user");
  expect(said("Secondary metrics")).toBe("clicked");
  expect(said("Guardrails")).toBe("gone");
  expect(said("Analysis method")).toContain("Once, at the planned end (fixed horizon)");
  expect(said("Minimum runtime")).toBe("21 days");
  expect(said("Target sample size")).toBe("12,000");
});

test("where no metric was chosen, the first event decides", () => {
  show({ metrics: { primary: null, secondary: [], guardrails: [] }, clientEvents: ["clicked", "bought"] });
  expect(said("Primary metric")).toContain("clicked");
});

test("where other metrics are named and none decides, the first event does not either", () => {
  show({ clientEvents: ["clicked"], metrics: { primary: null, secondary: ["revenue"], guardrails: [] } });
  expect(said("Primary metric")).toBe("None – this experiment can’t reach a verdict");
});

test("metrics that were not registered at the start are marked, by themselves and among the events", () => {
  show(
    { metrics: { primary: null, secondary: [], guardrails: [] }, clientEvents: ["clicked", "bought"] },
    { chosenAfterStart: [{ key: "event:bought", isRedefined: false }] },
  );
  expect(said("Primary metric")).not.toContain("after the start");
  expect(said("Client-side conversion events")).toMatch(/^clickedbought Chosen after the start/);
  cleanup();
  show(
    { metrics: { primary: "revenue", secondary: [], guardrails: [] } },
    { chosenAfterStart: [{ key: "revenue", isRedefined: true }] },
  );
  expect(said("Primary metric")).toMatch(/^Revenue per user Redefined after the start/);
});

test("the target sample size says where it comes from, and in a draft that the start sets it", () => {
  const analysis = { mode: "sequential" as const, plannedSubjects: null, minimumRuntimeDays: 7 };
  show({ status: "draft", analysis });
  expect(said("Target sample size")).toBe("Set at the start, from the forecast");
  cleanup();
  show({ analysis: { ...analysis, plannedSubjects: 412 }, plannedBy: "weeks" });
  expect(said("Target sample size")).toContain("412From the forecast");
  cleanup();
  show({ analysis });
  expect(said("Target sample size")).toContain("10,000Default");
});

test("groups and the schedule are named", () => {
  show({
    exclusionGroups: [{ name: "checkout", ranges: [{ from: 0, to: 50 }] }],
    schedule: { startAt: null, stopAt: "2026-12-24T12:00:00Z" },
  });
  expect(said("Exclusion groups")).toBe("checkout: 0–50%");
  expect(said("Schedule")).toMatch(/^Pauses on .*2026/);
});
