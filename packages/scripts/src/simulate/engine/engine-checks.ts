import { setImmediate } from "node:timers/promises";
import { chances } from "./chances";
import { type Check, check, type Group, type Simulation } from "./check";
import { coverage } from "./coverage";
import { daily } from "./daily";
import { epochs } from "./epochs";
import { analyseExperiment, aScenario, contradictionsOf, contradictionsOfMetric, Random } from "./internals";
import { noDifference } from "./no-difference";
import { power } from "./power";
import { splits } from "./splits";

export type { Check } from "./check";

export interface EngineOptions {
  /** A tenth of the runs, with bands as much wider. */
  quick: boolean;
  seed: number;
  onProgress?: (done: number, all: number, next: string) => void;
}

const groups: Group[] = [noDifference, daily, coverage, power, splits, epochs, chances];

/**
 * Proves the statistics engine with data whose truth is known. The same seed gives the same figures; each group has draws
 * of its own, so that one more check does not change the others.
 */
export async function engineChecks({ quick, seed, onProgress }: EngineOptions): Promise<Check[]> {
  const checks: Check[] = [];
  let [observed, contradictions] = [0, 0];
  const runs = (full: number) => (quick ? Math.ceil(full / 10) : full);
  for (const [i, group] of groups.entries()) {
    onProgress?.(i, groups.length + 1, group.name);
    await setImmediate();
    const simulation: Simulation = {
      random: new Random(seed * 1_000 + i),
      runs,
      observe(result) {
        observed++;
        contradictions += contradictionsOfMetric(result).length;
      },
    };
    checks.push(...group.run(simulation));
  }
  onProgress?.(groups.length, groups.length + 1, "contradictions");
  await setImmediate();
  const random = new Random(seed * 1_000 + groups.length);
  for (let i = 0; i < runs(40_000); i++) {
    observed++;
    contradictions += contradictionsOf(
      analyseExperiment(aScenario(random, i % 2 === 0 ? "fixed" : "sequential")),
    ).length;
  }
  const name = `contradictions between p, intervals, lift and verdict in ${observed.toLocaleString("en")} results`;
  checks.push(check("contradictions", name, contradictions, 0, 0));
  onProgress?.(groups.length + 1, groups.length + 1, "done");
  return checks;
}
