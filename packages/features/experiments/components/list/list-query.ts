import type { Status, Unit } from "../../types";

export interface ExperimentListQuery {
  search: string;
  status: Status | null;
  unit: Unit | null;
  /** From 1. */
  page: number;
}
