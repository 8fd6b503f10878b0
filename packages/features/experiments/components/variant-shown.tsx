import type { ReactNode } from "react";
import type { ExperimentSlug, VariantOf, VariantTable } from "../types/registry";

/** One thing to show per variant, each of them. Where none is named control, `fallback` is for those who get none. */
export type VariantNodes<S extends ExperimentSlug> = {
  variants: VariantTable<S, ReactNode> & Record<VariantOf<S>, ReactNode>;
} & ("control" extends VariantOf<S> ? { fallback?: ReactNode } : { fallback: ReactNode });

/** What stands there for the variant, and control for none. */
export function shownNode(
  variants: Readonly<Record<string, ReactNode>>,
  variant: string | null,
  fallback: ReactNode = variants.control,
): ReactNode {
  return variant !== null && Object.hasOwn(variants, variant) ? variants[variant] : fallback;
}
