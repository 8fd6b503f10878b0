import { pricesFor } from "@calcom/features/billing";
import { ExperimentsTestProvider } from "@calcom/features/experiments/hooks";
import { cleanup, render, screen } from "@testing-library/react";
import { SessionProvider } from "next-auth/react";
import { afterEach, expect, test } from "vitest";
import { PricingPage } from "./PricingPage";

afterEach(cleanup);

// The page carries its prices in its code, the billing keeps them by itself: nobody may be charged another price.
test.each([null, "control", "variant-a", "variant-b"] as const)(
  "shows for %s the prices that the billing charges",
  (variant) => {
    render(
      <SessionProvider session={null}>
        <ExperimentsTestProvider variants={{ "pricing-tiers": variant }}>
          <PricingPage />
        </ExperimentsTestProvider>
      </SessionProvider>,
    );
    const shown = (plan: string) =>
      new Set(screen.getAllByTestId(`price-${plan}`).map((price) => price.textContent));
    const { individual, teams } = pricesFor(variant);
    expect(shown("individual")).toEqual(new Set([`$${individual}`]));
    expect(shown("teams")).toEqual(new Set([`$${teams}`]));
  },
);

test.each(["control", "variant-b"] as const)(
  "rows stand on one baseline, and prices take one width, however many digits they have: %s",
  (variant) => {
    render(
      <SessionProvider session={null}>
        <ExperimentsTestProvider variants={{ "pricing-tiers": variant }}>
          <PricingPage />
        </ExperimentsTestProvider>
      </SessionProvider>,
    );
    const rows = [...document.querySelectorAll("tbody tr, li")];
    expect(rows.filter(({ className }) => !/\b(?:align|items)-baseline\b/.test(className))).toEqual([]);
    const prices = ["individual", "teams"].flatMap((plan) => screen.getAllByTestId(`price-${plan}`));
    expect(new Set(prices.map(({ className }) => className)).size).toBe(1);
    expect(prices[0]?.className).toContain("min-w-[3ch]");
  },
);
