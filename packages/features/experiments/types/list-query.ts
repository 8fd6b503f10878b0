import type { ListSort } from "./admin";
import type { Problem } from "./health";
import type { HostId } from "./host-id";
import type { Status, Unit } from "./settings";
import type { ListFilter } from "./views";

export interface ExperimentListQuery {
  search: string;
  status: Status | null;
  unit: Unit | null;
  ownerId: HostId | null;
  tag: string | null;
  needsAttention: boolean;
  /** Only experiments with this problem. */
  problem: Problem | null;
  sort: ListSort;
  /** From 1. */
  page: number;
}

/** Everything, from its first page. */
export const WHOLE_LIST: ExperimentListQuery = {
  search: "",
  status: null,
  unit: null,
  ownerId: null,
  tag: null,
  needsAttention: false,
  problem: null,
  sort: "changed",
  page: 1,
};

/** What takes the filters away, and leaves the order. */
export const NO_FILTER = withoutSort(WHOLE_LIST);

function withoutSort({ sort: _kept, ...query }: ExperimentListQuery): Omit<ExperimentListQuery, "sort"> {
  return query;
}

/** What differs from the whole list, but for the page. */
export function toFilter(query: ExperimentListQuery): ListFilter {
  const { search, status, unit, ownerId, tag, needsAttention, problem, sort } = query;
  return {
    ...(search !== "" && { search }),
    ...(status !== null && { status }),
    ...(unit !== null && { unit }),
    ...(ownerId !== null && { ownerId }),
    ...(tag !== null && { tag }),
    ...(needsAttention && { needsAttention }),
    ...(problem !== null && { problem }),
    ...(sort !== WHOLE_LIST.sort && { sort }),
  };
}

export function fromFilter({
  search,
  status,
  unit,
  ownerId,
  tag,
  needsAttention,
  problem,
  sort,
}: ListFilter): ExperimentListQuery {
  return {
    search: search ?? WHOLE_LIST.search,
    status: status ?? null,
    unit: unit ?? null,
    ownerId: ownerId ?? null,
    tag: tag ?? null,
    needsAttention: needsAttention ?? false,
    problem: problem ?? null,
    sort: sort ?? WHOLE_LIST.sort,
    page: 1,
  };
}

/** Whether two queries show the same experiments in the same order. */
export function showsTheSame(one: ExperimentListQuery, other: ExperimentListQuery): boolean {
  return JSON.stringify(toFilter(one)) === JSON.stringify(toFilter(other));
}

export function isFiltered({ sort: _order, ...query }: ExperimentListQuery): boolean {
  return !showsTheSame({ ...query, sort: WHOLE_LIST.sort }, WHOLE_LIST);
}

export function isFilteredBesideSearch(query: ExperimentListQuery): boolean {
  return isFiltered({ ...query, search: WHOLE_LIST.search });
}
