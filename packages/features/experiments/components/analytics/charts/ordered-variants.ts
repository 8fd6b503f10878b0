import { variantColor } from "@calcom/ui";
import type { StoredResult } from "../../../results/types";
import { controlFirst } from "../../shared/variant-order";

export interface ChartVariant {
  name: string;
  /** Of its colour; 0 is control. */
  place: number;
  color: string;
}

/** Control first, each in the colour that it has on every page. */
export function orderedVariants({
  variants,
  control,
}: Pick<StoredResult, "variants" | "control">): ChartVariant[] {
  const rows = variants.map((name) => ({ name }));
  return controlFirst(rows, control).map(({ name }, place) => ({ name, place, color: variantColor(place) }));
}
