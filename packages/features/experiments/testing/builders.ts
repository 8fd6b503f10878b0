import { type Facts, NO_FACTS } from "../types/answers";
import type { ExperimentConfig } from "../types/config";
import { DEFAULT_ANALYSIS, NO_METRICS, NO_SCHEDULE } from "../types/settings";
import { type CompiledExperiment, compileExperiment } from "../utils/compile";
import type { StoredAssignment, Subject, Surroundings } from "../utils/decide";

/** A valid configuration that runs; a test names only what matters to it. */
export function aConfig(changes: Partial<ExperimentConfig> = {}): ExperimentConfig {
  return {
    name: "Upgrade button",
    hypothesis: "",
    unit: "user",
    assignmentType: "deterministic",
    variants: [
      { name: "control", percentage: 50 },
      { name: "urgent", percentage: 50 },
    ],
    control: "control",
    trafficPercentage: 100,
    exclusionGroups: [],
    targetingRules: {},
    clientEvents: ["clicked"],
    conversionWindowDays: 14,
    setPersonProperties: false,
    metrics: NO_METRICS,
    analysis: DEFAULT_ANALYSIS,
    schedule: NO_SCHEDULE,
    convertedFrom: null,
    registeredMetrics: null,
    plannedBy: null,
    status: "running",
    salt: "a-salt",
    hashVersion: 1,
    epoch: 1,
    winnerVariant: null,
    startedAt: "2026-01-01T00:00:00.000Z",
    endedAt: null,
    ownerId: null,
    ...changes,
  };
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
