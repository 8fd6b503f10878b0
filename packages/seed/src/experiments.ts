import { type ExperimentConfig, experimentConfigSchema } from "@calcom/features/experiments/types";
import { newConfig } from "@calcom/features/experiments/utils";

type Settings = Pick<
  ExperimentConfig,
  "name" | "hypothesis" | "unit" | "variants" | "targetingRules" | "clientEvents" | "status"
>;

export interface DemoExperiment {
  slug: string;
  description: string;
  settings: Settings;
}

/** Those of the pages in `apps/web`; the last one waits for somebody to start it. */
export const experiments: readonly DemoExperiment[] = [
  {
    slug: "upgrade-button-test",
    description: "The button on the billing page that leads to the order of a team.",
    settings: {
      name: "Upgrade button",
      hypothesis: "A label that names the upgrade brings more people to the order than one about billing.",
      unit: "user",
      status: "running",
      variants: [
        { name: "control", percentage: 50 },
        { name: "urgent", percentage: 50 },
      ],
      targetingRules: {},
      clientEvents: ["billing_button_clicked"],
    },
  },
  {
    slug: "dashboard-layout-v2",
    description: "How a team's dashboard lays out bookings, event types and members.",
    settings: {
      name: "Dashboard layout",
      hypothesis: "Teams that see a day's bookings side by side write to more of the people they will meet.",
      unit: "team",
      status: "running",
      variants: [
        { name: "control", percentage: 50 },
        { name: "grid", percentage: 50 },
      ],
      targetingRules: {},
      clientEvents: ["attendee_contacted"],
    },
  },
  {
    slug: "landing-hero-test",
    description: "The headline of the landing page.",
    settings: {
      name: "Landing headline",
      hypothesis: "What a visitor gains persuades more of them to sign up than what we are.",
      unit: "visitor",
      status: "running",
      variants: [
        { name: "control", percentage: 50 },
        { name: "benefit-focused", percentage: 50 },
      ],
      targetingRules: {},
      clientEvents: ["get_started_clicked"],
    },
  },
  {
    slug: "pricing-tiers",
    description: "The monthly prices of the Individual and Teams plans.",
    settings: {
      name: "Pricing tiers",
      hypothesis: "A lower price per seat wins more teams than it costs in revenue per seat.",
      unit: "user",
      status: "paused",
      variants: [
        { name: "control", percentage: 33.3 },
        { name: "variant-a", percentage: 33.3 },
        { name: "variant-b", percentage: 33.4 },
      ],
      targetingRules: {},
      clientEvents: ["plan_chosen"],
    },
  },
  {
    slug: "onboarding-checklist",
    description: "A checklist of first steps for people whose team already pays.",
    settings: {
      name: "Onboarding checklist",
      hypothesis: "New members who see what to do first create their first event type sooner.",
      unit: "user",
      status: "draft",
      variants: [
        { name: "control", percentage: 50 },
        { name: "checklist", percentage: 50 },
      ],
      targetingRules: { plans: ["teams", "organization"] },
      clientEvents: [],
    },
  },
];

/** What `Feature.metadata` is to hold, checked by the schema that will read it. */
export function demoConfig(
  { slug, settings }: DemoExperiment,
  { ownerId, now }: { ownerId: number; now: Date },
): ExperimentConfig {
  const hasStarted = settings.status !== "draft";
  return experimentConfigSchema.parse(
    newConfig({
      ...settings,
      // A fixed one, so that the demo gives the same person the same variant on every machine; under this one the
      // demo's logins do not all get the same.
      salt: `${slug}:demo`,
      epoch: hasStarted ? 1 : 0,
      startedAt: hasStarted ? now.toISOString() : null,
      ownerId,
    }),
  );
}
