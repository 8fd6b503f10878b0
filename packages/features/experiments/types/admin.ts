import type { ExperimentConfig } from "./config";
import type { AssignmentType, Status, Unit, Variant } from "./settings";

export const LIST_SORTS = ["changed", "name", "subjects", "created"] as const;
export type ListSort = (typeof LIST_SORTS)[number];

export interface ExperimentSummary {
  slug: string;
  name: string;
  status: Status;
  unit: Unit;
  assignmentType: AssignmentType;
  variants: Variant[];
  control: string;
  winnerVariant: string | null;
  owner: { id: number; name: string } | null;
  assignments: number;
  /** Of the last 24 hours, by their first exposure. */
  recentExposures: number;
  /** Whether subjects are not split as configured, by the newest result: its comparison is not to be trusted. */
  isSplitOff: boolean;
  version: number;
  updatedAt: Date;
  updatedBy: { id: number; name: string } | null;
  /** Whether it was a flag, and can be made one again while nobody was assigned. */
  isConverted: boolean;
  /** Why the stored configuration cannot be used; null where it can. */
  damage: string | null;
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
  /** Null where it is damaged. */
  config: ExperimentConfig | null;
  epochs: Epoch[];
}

export interface VariantStats {
  variant: string;
  assigned: number;
  exposed: number;
  /** Exposed subjects with a conversion that counts, of any event. */
  converted: number;
  /** The same by event. */
  events: { event: string; converted: number }[];
}

export interface ExperimentStats {
  variants: VariantStats[];
  /** Rows that a flag brought along; shown, never compared. */
  imported: number;
  /** People who saw another variant in another browser: they count for the one they saw first. */
  mixed: number;
}
