import { freezeJson, type Json } from "@calcom/lib/json";
import { type CompiledTargeting, compileTargeting } from "../lib/targeting";
import type { ExperimentConfig } from "../types/config";
import type { AssignmentType, ExclusionGroup, Status, Unit } from "../types/settings";
import { type CompiledFlag, compileFlag } from "./former-flag";
import { HASH_SPACE, type HashState } from "./hash";
import { newConfig } from "./new-config";
import { shareEnd, stageHash, variantBoundaries } from "./variant-assignment";

/** An experiment made ready to decide: everything that does not depend on the subject is computed once. */
export interface CompiledExperiment {
  // First what every decision reads, so that it lies together in memory.
  /** The variant that everybody gets once the experiment is concluded. */
  readonly winner: string | null;
  /** True while running or paused: the states in which rows are honoured. */
  readonly isLive: boolean;
  readonly isPaused: boolean;
  /** The flag that it was; null if it never was one. */
  readonly flag: CompiledFlag | null;
  readonly targeting: CompiledTargeting;
  readonly groups: readonly CompiledGroup[];
  /** Null if everybody is let in. */
  readonly traffic: CompiledTraffic | null;
  /** Whether the variant is drawn at random instead of taken from the hash. */
  readonly isRandom: boolean;
  readonly variantHash: HashState;
  readonly boundaries: readonly number[];
  readonly variants: readonly string[];

  readonly slug: string;
  readonly salt: string;
  readonly version: number;
  readonly status: Status;
  readonly unit: Unit;
  readonly epoch: number;
  readonly assignmentType: AssignmentType;
  readonly control: string;
  readonly payloads: ReadonlyMap<string, Json>;
  readonly clientEvents: ReadonlySet<string>;
  readonly setPersonProperties: boolean;
}

interface CompiledTraffic {
  readonly hash: HashState;
  /** One past the largest hash that is let in. */
  readonly end: number;
}

export interface CompiledGroup {
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
    winner: isOver && !config.convertedFrom?.isTurnedOff ? config.winnerVariant : null,
    isLive: status === "running" || status === "paused",
    isPaused: status === "paused",
    flag: compileFlag(config),
    targeting: compileTargeting(config.targetingRules),
    groups: config.exclusionGroups.length === 0 ? NO_GROUPS : config.exclusionGroups.map(compileGroup),
    traffic: compileTraffic(config),
    isRandom: config.assignmentType === "random",
    variantHash: stageHash("variant", salt),
    boundaries: variantBoundaries(variants),
    variants: variants.map(({ name }) => name),
    slug,
    salt,
    version,
    status,
    unit: config.unit,
    epoch: config.epoch,
    assignmentType: config.assignmentType,
    control: config.control,
    payloads: new Map(
      variants.flatMap(({ name, payload }) => (payload === undefined ? [] : [[name, freezeJson(payload)]])),
    ),
    clientEvents: new Set(config.clientEvents),
    setPersonProperties: config.setPersonProperties,
  };
}

const NO_GROUPS: readonly CompiledGroup[] = [];

function compileGroup({ name, ranges }: ExclusionGroup): CompiledGroup {
  return {
    hash: stageHash("group", name),
    ranges: ranges.map(({ from, to }) => ({ from: shareEnd(from), to: shareEnd(to) })),
  };
}

function compileTraffic({ salt, trafficPercentage }: ExperimentConfig): CompiledTraffic | null {
  const end = shareEnd(trafficPercentage);
  return end === HASH_SPACE ? null : { hash: stageHash("traffic", salt), end };
}

/** A flag that code asks for as an experiment: before it becomes one, and after it was taken back. */
export function compilePlainFlag(slug: string, version: number, isOnForAll: boolean): CompiledExperiment {
  const nothing = compileExperiment(slug, version, newConfig({ name: slug, salt: slug }));
  return { ...nothing, flag: { answers: true, isOnForAll } };
}
