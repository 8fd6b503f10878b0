"use client";

import type { ExperimentSlug } from "@calcom/features/experiments";
import { useExperimentVariant } from "@calcom/features/experiments/hooks";

export function ShownVariants({ slugs }: { slugs: ExperimentSlug[] }) {
  return slugs.map((slug) => <Shown key={slug} slug={slug} />);
}

function Shown({ slug }: { slug: ExperimentSlug }) {
  return <p data-variant={useExperimentVariant(slug) ?? "none"}>{slug}</p>;
}
