import os from "node:os";
import { messageOf, ScriptError } from "@calcom/lib/script-error";
import { inSeconds } from "./deadline";
import type { Finding, Outcome, Pace, Scenario } from "./scenario";
import { type Cluster, startCluster } from "./site/cluster";
import { openSite } from "./site/site";

/** Runs scenarios one after the other on one database server, each on a site of its own. */
export async function runScenarios(
  scenarios: readonly Scenario[],
  pace: Pace,
  onOutcome: (outcome: Outcome) => void,
): Promise<Outcome[]> {
  const cluster = await inSeconds(120, "Starting a database server", startCluster());
  const outcomes: Outcome[] = [];
  try {
    for (const scenario of scenarios) {
      const since = performance.now();
      const leftOut = scenario.missing?.() ?? null;
      const findings = leftOut === null ? await findingsOf(scenario, cluster, pace) : [];
      const [load = 0] = os.loadavg();
      const outcome = { scenario, findings, leftOut, load, seconds: (performance.now() - since) / 1_000 };
      onOutcome(outcome);
      outcomes.push(outcome);
    }
    return outcomes;
  } finally {
    await inSeconds(60, "Ending the database server", cluster.stop());
  }
}

async function findingsOf(scenario: Scenario, cluster: Cluster, pace: Pace): Promise<Finding[]> {
  // Where time is not judged, a busy machine may take its own for a decision.
  const patient = { DECISION_BUDGET_MS: "3000", EXPERIMENT_BUDGET_MS: "3000" };
  const minutes = scenario.minutes?.(pace) ?? 3;
  const site = await inSeconds(60, "A new site", openSite(cluster, pace.isQuick ? { env: patient } : {}));
  const findings = await orBroken(
    "the scenario ran to its end",
    inSeconds(60 * minutes, scenario.name, scenario.run(site, pace)),
  );
  return [
    ...findings,
    ...(await orBroken(
      "all of it could be closed",
      site.close().then(() => []),
    )),
  ];
}

/** A scenario that breaks has shown nothing, which is no promise kept. */
async function orBroken(what: string, run: Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await run;
  } catch (error) {
    const isForeseen = error instanceof ScriptError;
    const figure = error instanceof Error && !isForeseen ? (error.stack ?? error.message) : messageOf(error);
    return [{ what, figure, met: false }];
  }
}
