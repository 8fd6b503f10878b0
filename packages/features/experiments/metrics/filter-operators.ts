import type { FilterOperator } from "../types/metric-catalog";

export type FilterType = "text" | "number" | "boolean";

/** What the constant of a filter is compared by. An order of texts would depend on the database. */
export function operatorsOf(type: FilterType): readonly FilterOperator[] {
  return type === "number" ? ["is", "is_not", "at_least", "at_most"] : ["is", "is_not"];
}
