import { messageOf } from "@calcom/lib/script-error";
import type { Finding, Outcome, Pace, Scenario } from "./scenario";
import { type Cluster, startCluster } from "./site/cluster";
import { openSite } from "./site/site";

/** Runs scenarios one after the other on one database server, each on a site of its own. */
export async function runScenarios(
  scenarios: readonly Scenario[],
  pace: Pace,
  onOutcome: (outcome: Outcome) => void,
): Promise<Outcome[]> {
  const cluster = await startCluster();
  const outcomes: Outcome[] = [];
  try {
    for (const scenario of scenarios) {
      const since = performance.now();
      const leftOut = scenario.missing?.() ?? null;
      const findings = leftOut === null ? await findingsOf(scenario, cluster, pace) : [];
      const outcome = { scenario, findings, leftOut, seconds: (performance.now() - since) / 1_000 };
      onOutcome(outcome);
      outcomes.push(outcome);
    }
    return outcomes;
  } finally {
    await cluster.stop();
  }
}

async function findingsOf(scenario: Scenario, cluster: Cluster, pace: Pace): Promise<Finding[]> {
  // Where time is not judged, a busy machine may take its own for a decision.
  const patient = { DECISION_BUDGET_MS: "3000", EXPERIMENT_BUDGET_MS: "3000" };
  const site = await openSite(cluster, pace.isQuick ? { env: patient } : {});
  try {
    return await scenario.run(site, pace);
  } catch (error) {
    // A scenario that breaks has shown nothing, which is no promise kept.
    const figure = error instanceof Error ? (error.stack ?? messageOf(error)) : messageOf(error);
    return [{ what: "the scenario ran to its end", figure, met: false }];
  } finally {
    await site.close();
  }
}
