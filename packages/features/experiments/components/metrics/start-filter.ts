import type { OfferedSource } from "../../types/metric-views";
import type { TermValues } from "./metric-form-model";

/** A filter as it begins: another one takes other constants. */
export function startFilter(source: OfferedSource, filter: string): TermValues["filters"][number] {
  const type = source.filters.find(({ key }) => key === filter)?.type;
  return { filter, operator: "is", constant: type === "boolean" ? "true" : "" };
}
