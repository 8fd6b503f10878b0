import { type CompiledTargeting, compileTargeting } from "../lib/targeting";
import type { AssignmentType, ExperimentConfig, Json, Status, Unit } from "../types";
import type { HashState } from "./hash";
import { shareEnd, stageHash, variantBoundaries } from "./variant-assignment";

/** An experiment made ready to decide: everything that does not depend on the subject is computed once. */
export interface CompiledExperiment {
  readonly slug: string;
  readonly version: number;
  readonly status: Status;
  readonly unit: Unit;
  readonly epoch: number;
  readonly assignmentType: AssignmentType;
  readonly control: string;
  /** Who everybody gets, once concluded. */
  readonly winner: string | null;
  /** Running or paused: the states in which rows are honoured. */
  readonly isLive: boolean;
  readonly isPaused: boolean;
  readonly variants: readonly string[];
  readonly payloads: ReadonlyMap<string, Json>;
  readonly boundaries: readonly number[];
  readonly variantHash: HashState;
  readonly trafficHash: HashState;
  readonly trafficEnd: number;
  readonly groups: readonly CompiledGroup[];
  readonly targeting: CompiledTargeting;
  readonly clientEvents: ReadonlySet<string>;
  readonly setPersonProperties: boolean;
}

interface CompiledGroup {
  readonly hash: HashState;
  readonly ranges: readonly { from: number; to: number }[];
}

export function compileExperiment(
  slug: string,
  version: number,
  config: ExperimentConfig,
): CompiledExperiment {
  const { status, variants, salt } = config;
  const isOver = status === "concluded" || status === "archived";
  return {
    slug,
    version,
    status,
    unit: config.unit,
    epoch: config.epoch,
    assignmentType: config.assignmentType,
    control: config.control,
    winner: isOver ? config.winnerVariant : null,
    isLive: status === "running" || status === "paused",
    isPaused: status === "paused",
    variants: variants.map(({ name }) => name),
    payloads: new Map(
      variants.flatMap(({ name, payload }) => (payload === undefined ? [] : [[name, payload]])),
    ),
    boundaries: variantBoundaries(variants),
    variantHash: stageHash("variant", salt),
    trafficHash: stageHash("traffic", salt),
    trafficEnd: shareEnd(config.trafficPercentage),
    groups: config.exclusionGroups.map(({ name, ranges }) => ({
      hash: stageHash("group", name),
      ranges: ranges.map(({ from, to }) => ({ from: shareEnd(from), to: shareEnd(to) })),
    })),
    targeting: compileTargeting(config.targetingRules),
    clientEvents: new Set(config.clientEvents),
    setPersonProperties: config.setPersonProperties,
  };
}
