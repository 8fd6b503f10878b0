import { aConfig } from "@calcom/features/experiments/testing";
import type { Database } from "@calcom/prisma";

export const HERO = "landing-hero-test";
/** What the landing page shows to those who have it, and to nobody else. */
export const HERO_TREATMENT = { variant: "benefit-focused", headline: "Schedule meetings in seconds" };

/** What visitors take part in: one experiment of a page that is there, and one that is asked for. */
export const EXPERIMENTS = [
  { slug: HERO, treatment: HERO_TREATMENT.variant, event: "get_started_clicked" },
  { slug: "pricing-note", treatment: "yearly-first", event: "plan_chosen" },
] as const;

export async function addExperiments({ prisma }: Database): Promise<void> {
  for (const { slug, treatment, event } of EXPERIMENTS) {
    const weights = { control: 50, [treatment]: 50 };
    const config = aConfig({
      unit: "visitor",
      variants: Object.entries(weights).map(([name, percentage]) => ({ name, percentage })),
      salt: slug,
      clientEvents: [event],
    });
    await prisma.feature.create({
      data: {
        slug,
        type: "EXPERIMENT",
        enabled: true,
        metadata: { ...config },
        epochs: { create: { number: config.epoch, weights, trafficPercentage: 100 } },
      },
    });
  }
}
