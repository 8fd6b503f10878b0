import "@calcom/features/experiments";

// The experiments that this application's code names. Slugs and variants are checked against it.
declare module "@calcom/features/experiments" {
  interface ExperimentRegistry {
    "upgrade-button-test": { variants: "control" | "urgent" };
    "dashboard-layout-v2": { variants: "control" | "grid" };
    "landing-hero-test": { variants: "control" | "benefit-focused" };
    "pricing-tiers": { variants: "control" | "variant-a" | "variant-b" };
    "onboarding-checklist": { variants: "control" | "checklist" };
  }
}
