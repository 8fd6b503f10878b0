import { compileTargeting } from "../lib/targeting";
import type { Decision, Facts } from "../types/answers";
import type { ExperimentConfig } from "../types/config";
import { type DecidingRule, TARGETING_PARTS, type TargetingPart } from "../types/deciding-rule";
import type { TargetingRules } from "../types/targeting-rules";
import type { CompiledExperiment } from "./compile";
import { holdsSlot, type StoredAssignment } from "./decide";
import type { SourcedSaying } from "./former-flag";

/** What a decision was made of. */
export interface Decided {
  experiment: CompiledExperiment;
  /** Null of a plain flag. */
  config: ExperimentConfig | null;
  decision: Decision;
  unitId: string | null;
  facts: Facts;
  stored: StoredAssignment | null;
  said: SourcedSaying | null;
}

/** Names the rule that decided: the line of the decision table, with what of the settings it went by. */
export function explain(decided: Decided): DecidingRule {
  const { experiment, config, decision, unitId, facts, stored, said } = decided;
  switch (decision.reason) {
    case "winner":
      return { code: "winner" };
    case "flag":
      return said === null
        ? { code: "flag_default" }
        : { code: "flag_row", level: said.level, team: said.team };
    case "sticky":
      if (stored?.isImported) return { code: "imported" };
      return { code: stored?.exposedAt ? "exposed" : "matching" };
    case "allocated":
      return { code: experiment.isRandom ? "draw" : "hash" };
    case "paused":
      return { code: "paused" };
    case "not_targeted":
      return { code: "targeting", unmet: listUnmet(config?.targetingRules ?? {}, facts) };
    case "excluded":
      return { code: "groups", names: unitId === null ? [] : listMissedGroups(decided, unitId) };
    case "not_in_traffic":
      return { code: "traffic", percentage: config?.trafficPercentage ?? 100 };
    case "no_unit":
      return { code: "no_unit" };
    case "not_running":
      return config === null ? { code: "flag_default" } : { code: "status", status: experiment.status };
    default:
      return { code: "other" };
  }
}

/** The parts of the rules that the facts do not meet, each held to them by itself. */
export function listUnmet(rules: TargetingRules, facts: Facts): TargetingPart[] {
  return TARGETING_PARTS.filter((part) => !compileTargeting({ [part]: rules[part] }).matches(facts));
}

function listMissedGroups({ experiment, config }: Decided, unitId: string): string[] {
  const missed = experiment.groups.map((group) => !holdsSlot(group, unitId));
  return (config?.exclusionGroups ?? []).flatMap(({ name }, index) => (missed[index] ? [name] : []));
}
