import {
  type ExperimentListQuery,
  LIST_SORTS,
  PROBLEMS,
  readHostId,
  searchSchema,
  statusSchema,
  tagSchema,
  toFilter,
  unitSchema,
} from "@calcom/features/experiments/types";
import { hostId } from "@calcom/lib/gate/numbers";

export const PAGE_SIZE = 25;
const MAX_SEARCH_CHARS = 100;

/** Reads the address of the list. Parameters that cannot be read are ignored. */
export function readListQuery(params: URLSearchParams): ExperimentListQuery {
  const page = Number(params.get("page") ?? 1);
  const attention = params.get("attention");
  const owner = params.get("owner") ?? "";
  return {
    search: searchSchema.safeParse(params.get("search")?.trim().slice(0, MAX_SEARCH_CHARS)).data ?? "",
    status: statusSchema.safeParse(params.get("status")).data ?? null,
    unit: unitSchema.safeParse(params.get("unit")).data ?? null,
    ownerId: hostId.safeParse(readHostId(owner)).data ?? null,
    tag: tagSchema.safeParse(params.get("tag")).data ?? null,
    needsAttention: attention === "1",
    problem: PROBLEMS.find((problem) => problem === attention) ?? null,
    sort: LIST_SORTS.find((sort) => sort === params.get("sort")) ?? "changed",
    page: Number.isSafeInteger(page) && page >= 1 && page <= 100_000 ? page : 1,
  };
}

/** The address without what is not asked for: "" or "?status=running". */
export function writeListQuery(query: ExperimentListQuery): string {
  const { search, status, unit, ownerId, tag, needsAttention, problem, sort, page } = query;
  const params = new URLSearchParams();
  if (search !== "") params.set("search", search);
  if (status !== null) params.set("status", status);
  if (unit !== null) params.set("unit", unit);
  if (ownerId !== null) params.set("owner", String(ownerId));
  if (tag !== null) params.set("tag", tag);
  if (problem !== null || needsAttention) params.set("attention", problem ?? "1");
  if (sort !== "changed") params.set("sort", sort);
  if (page > 1) params.set("page", String(page));
  const text = params.toString();
  return text === "" ? "" : `?${text}`;
}

/** The query as the API takes it: one key for the server's first answer and for the browser's later ones. */
export function toListInput(query: ExperimentListQuery) {
  return { ...toFilter(query), page: query.page, pageSize: PAGE_SIZE };
}
