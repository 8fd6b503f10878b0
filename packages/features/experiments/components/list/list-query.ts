import type { ListSort } from "../../types/admin";
import type { Status, Unit } from "../../types/settings";

export interface ExperimentListQuery {
  search: string;
  status: Status | null;
  unit: Unit | null;
  ownerId: number | null;
  needsAttention: boolean;
  sort: ListSort;
  /** From 1. */
  page: number;
}

export const NO_FILTER = {
  search: "",
  status: null,
  unit: null,
  ownerId: null,
  needsAttention: false,
} as const satisfies Partial<ExperimentListQuery>;

export function isFiltered({ search, status, unit, ownerId, needsAttention }: ExperimentListQuery): boolean {
  return search !== "" || status !== null || unit !== null || ownerId !== null || needsAttention;
}
