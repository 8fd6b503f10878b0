import { type Facts, NO_FACTS } from "../types/answers";
import type { ExperimentConfig } from "../types/config";
import { type CompiledExperiment, compileExperiment } from "../utils/compile";
import type { StoredAssignment, Subject, Surroundings } from "../utils/decide";
import { newConfig } from "../utils/new-config";

/** A valid configuration that runs; a test names only what matters to it. */
export function aConfig(changes: Partial<ExperimentConfig> = {}): ExperimentConfig {
  return newConfig({
    name: "Upgrade button",
    salt: "a-salt",
    variants: [
      { name: "control", percentage: 50 },
      { name: "urgent", percentage: 50 },
    ],
    clientEvents: ["clicked"],
    status: "running",
    epoch: 1,
    startedAt: "2026-01-01T00:00:00.000Z",
    ...changes,
  });
}

export function anExperiment(changes: Partial<ExperimentConfig> = {}): CompiledExperiment {
  return compileExperiment("upgrade-button-test", 1, aConfig(changes));
}

export function aSubject(unitId: string | null, changes: Partial<Subject> = {}): Subject {
  return { unitId, facts: NO_FACTS, isBot: false, hasConsent: true, isRateLimited: false, ...changes };
}

export function facts(changes: Partial<Facts> = {}): Facts {
  return { ...NO_FACTS, ...changes };
}

export function stored(variant: string, exposedAt: Date | null = null): StoredAssignment {
  return { variant, exposedAt };
}

export const surroundings: Surroundings = { now: Date.UTC(2026, 0, 2), random: () => 0 };
