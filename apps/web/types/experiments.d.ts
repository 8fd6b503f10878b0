// Written by `npm run experiments -- types` from the database; what is changed here is lost with the next run.
import "@calcom/features/experiments";

declare module "@calcom/features/experiments" {
  interface ExperimentRegistry {
    /** Dashboard layout. For teams, running. */
    "dashboard-layout-v2": {
      variants: {
        control: null;
        grid: null;
      };
    };
    /** Landing headline. For visitors, running. */
    "landing-hero-test": {
      variants: {
        control: null;
        "benefit-focused": null;
      };
    };
    /** Onboarding checklist. For users, draft. */
    "onboarding-checklist": {
      variants: {
        control: null;
        checklist: null;
      };
    };
    /** Pricing tiers. For users, paused. */
    "pricing-tiers": {
      variants: {
        control: null;
        "variant-a": null;
        "variant-b": null;
      };
    };
    /** Upgrade button. For users, running. */
    "upgrade-button-test": {
      variants: {
        control: null;
        urgent: null;
      };
    };
  }
}
