"use client";

import { Fragment } from "react";
import type { UseExperimentOptions } from "../hooks/result";
import { useExperiment } from "../hooks/useExperiment";
import { useExperimentInView } from "../hooks/useExperimentInView";
import type { ExperimentSlug } from "../types/registry";
import { shownNode, type VariantNodes } from "./variant-shown";

export type ExperimentProps<S extends ExperimentSlug> = VariantNodes<S> &
  UseExperimentOptions & {
    slug: S;
    /**
     * With "visible" the variant counts as seen when half of it is in the window, instead of once it is mounted. Needs
     * an element in each variant: text alone cannot be watched.
     */
    exposeWhen?: "visible";
  };

/**
 * Shows the variant that the person is in, and counts that they saw it. In client components, and in static pages; in
 * server components the application's own `Experiment` renders and sends one variant only.
 */
export function Experiment<S extends ExperimentSlug>({ exposeWhen, ...props }: ExperimentProps<S>) {
  return exposeWhen === "visible" ? <InView {...props} /> : <Mounted {...props} />;
}

type Props = UseExperimentOptions & {
  slug: ExperimentSlug;
  variants: Parameters<typeof shownNode>[0];
  fallback?: Parameters<typeof shownNode>[2];
};

function Mounted({ slug, variants, fallback, ...options }: Props) {
  const { variant } = useExperiment(slug, options);
  return shownNode(variants, variant, fallback);
}

function InView({ slug, variants, fallback, ...options }: Props) {
  const { variant, ref } = useExperimentInView(slug, options);
  return <Fragment ref={ref}>{shownNode(variants, variant, fallback)}</Fragment>;
}
