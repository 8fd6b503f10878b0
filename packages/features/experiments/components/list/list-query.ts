import type { ListSort } from "../../types/admin";
import type { Status, Unit } from "../../types/settings";

export interface ExperimentListQuery {
  search: string;
  status: Status | null;
  unit: Unit | null;
  ownerId: number | null;
  sort: ListSort;
  /** From 1. */
  page: number;
}
