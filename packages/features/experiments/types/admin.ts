import type { SegmentSplit, SplitResult } from "@calcom/statistics/split-types";
import type { ExperimentConfig } from "./config";
import type { Health, Problem } from "./health";
import type { HostId } from "./host-id";
import type { AssignmentType, Status, Unit, Variant } from "./settings";

export const LIST_SORTS = ["changed", "name", "subjects", "created"] as const;
export type ListSort = (typeof LIST_SORTS)[number];

/** How far the split is off, and how unlikely that is by chance. */
export type SplitDoubt = Pick<SplitResult, "p" | "variants">;

export interface ChosenAfterStart {
  /** Of the metric. */
  key: string;
  /** It was registered at the start, and code has defined it differently since. */
  isRedefined: boolean;
}
/** A segment whose subjects are not split as configured. */
export type SegmentDoubt = Pick<SegmentSplit, "fact" | "value">;

/** The strongest comparison that a verdict names. */
export interface VerdictEffect {
  variant: string;
  /** Against control, with its interval; null where only a difference could be estimated, or where a bound is open. */
  lift: number | null;
  low: number | null;
  high: number | null;
  /** How many more variants the verdict names. */
  others: number;
}

export interface ExperimentSummary {
  slug: string;
  name: string;
  status: Status;
  unit: Unit;
  assignmentType: AssignmentType;
  variants: Variant[];
  control: string;
  winnerVariant: string | null;
  /** Until when the winner can be withdrawn; null where there is none. */
  takeBackUntil: Date | null;
  owner: { id: HostId; name: string } | null;
  tags: string[];
  assignments: number;
  /** There are more than `assignments`, and nobody has counted them yet. */
  areMore: boolean;
  /** First exposures within 24 hours. */
  recentExposures: number;
  /** When the background counted them; null where they are few, and were counted just now. */
  countedAt: Date | null;
  /** Null unless subjects are not split as configured, by the newest result: its comparison is not to be trusted. */
  splitOff: SplitDoubt | null;
  /** The metrics that were chosen, given their role, or defined anew once data could be seen. */
  chosenAfterStart: ChosenAfterStart[];
  /** Segments whose split is off, by the newest result; the least likely first. */
  splitOffIn: SegmentDoubt[];
  /** Null until the background has judged it. */
  health: Health | null;
  /** What is better or worse, by the result that `health` judges; null where its verdict says neither. */
  effect: VerdictEffect | null;
  /** What the verdict is about; null where there is no primary metric. */
  verdictMetric: { key: string; name: string } | null;
  version: number;
  updatedAt: Date;
  updatedBy: { id: HostId; name: string } | null;
  /** Whether it was a flag, and can become one again while nobody was assigned. */
  isConverted: boolean;
  /** Before the start or after the end: the flag that it was is turned off, so that everybody sees control. */
  isTurnedOff: boolean;
  /** Why the stored configuration cannot be used; null if it can. */
  damage: string | null;
}

/** Just enough to go there. */
export interface FoundExperiment extends Pick<ExperimentSummary, "slug" | "name" | "status" | "isTurnedOff"> {
  /** It goes on although all that was planned has come. */
  isOverdue: boolean;
}

/** How many experiments need somebody, over all there are. */
export interface Attention {
  experiments: number;
  /** How many have which problem; one may have several. */
  problems: Partial<Record<Problem, number>>;
}

/** When code has asked for an experiment, up to a minute before it is known, and which build of the application it was. */
export interface LastAsk {
  at: Date;
  build: string;
}

export interface Epoch {
  number: number;
  weights: Record<string, number>;
  trafficPercentage: number;
  startedAt: Date;
  endedAt: Date | null;
}

export interface ExperimentDetail extends ExperimentSummary {
  description: string;
  /** Null if it is damaged. */
  config: ExperimentConfig | null;
  epochs: Epoch[];
  /** Null where no code has. */
  lastAsk: LastAsk | null;
}
