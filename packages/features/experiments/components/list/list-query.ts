import type { ListSort, Status, Unit } from "../../types";

export interface ExperimentListQuery {
  search: string;
  status: Status | null;
  unit: Unit | null;
  ownerId: number | null;
  sort: ListSort;
  /** From 1. */
  page: number;
}
