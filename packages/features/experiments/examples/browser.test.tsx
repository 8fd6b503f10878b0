import fs from "node:fs";
import path from "node:path";
import { TeamProvider } from "@calcom/lib/hooks/useTeam";
import { act, cleanup, render, screen } from "@testing-library/react";
import { SessionProvider } from "next-auth/react";
import type { ComponentType, ReactNode } from "react";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { ExperimentsTestProvider, type ExperimentsTestProviderProps } from "../hooks";
import { blocksOf, createExamples, root } from "./blocks";

// What a dashboard is made of is not the example.
vi.mock("../../../../apps/web/modules/teams/GridDashboard", () => ({ GridDashboard: () => "a grid" }));
vi.mock("../../../../apps/web/modules/teams/ListDashboard", () => ({ ListDashboard: () => "a list" }));

vi.mock("../../../../apps/web/modules/teams/DashboardSkeleton", () => ({ DashboardSkeleton: () => "grey" }));

const { load, loaded, remove } = createExamples("EXAMPLES.md");
afterAll(remove);
afterEach(cleanup);

type Components<Name extends string> = Record<Name, ComponentType>;

/** An experiment of the examples that the application does not have. */
const told = (variants: object) => variants as NonNullable<ExperimentsTestProviderProps["variants"]>;

function show(page: ReactNode, props: Omit<ExperimentsTestProviderProps, "children"> = {}): string {
  const { container } = render(
    <SessionProvider session={null}>
      <ExperimentsTestProvider {...props}>{page}</ExperimentsTestProvider>
    </SessionProvider>,
  );
  return container.textContent ?? "";
}

describe.each([0, 1])("A test for each user, block %i,", (index) => {
  test("shows the variant and counts the click", async () => {
    const { BillingButton } = await load<Components<"BillingButton">>("A test for each user", index);
    const onConversion = vi.fn();
    expect(show(<BillingButton />, { variants: { "upgrade-button-test": "urgent" }, onConversion })).toBe(
      "Upgrade Now!",
    );
    act(() => screen.getByRole("button").click());
    expect(onConversion).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ slug: "upgrade-button-test", event: "billing_button_clicked" }),
    );
    cleanup();
    expect(show(<BillingButton />)).toBe("Manage Billing");
    cleanup();
    expect(show(<BillingButton />, { loading: ["upgrade-button-test"] })).toBe("Manage Billing");
  });
});

test("A test for each visitor shows the headline of the variant", async () => {
  const { LandingPageHero } = await load<Components<"LandingPageHero">>("A test for each visitor");
  const variants = { "landing-hero-test": "benefit-focused" } as const;
  expect(show(<LandingPageHero />, { variants })).toBe("Schedule meetings in seconds");
  cleanup();
  expect(show(<LandingPageHero />)).toBe("The open-source Calendly alternative");
});

test("Three variants show three prices", async () => {
  const { PricingPage } = await load<Components<"PricingPage">>("Three variants");
  const prices = (["control", "variant-a", "variant-b"] as const).map((variant) => {
    const text = show(<PricingPage />, { variants: { "pricing-tiers": variant } });
    cleanup();
    return text.match(/\$\d+/g)?.slice(0, 2).join();
  });
  expect(prices).toEqual(["$10,$20", "$12,$24", "$8,$16"]);
});

test("By plan shows the checklist to whom it was given, and nothing to everybody else", async () => {
  const { OnboardingChecklist } = await load<Components<"OnboardingChecklist">>("By plan");
  expect(show(<OnboardingChecklist />, { variants: { "onboarding-checklist": "checklist" } })).toContain(
    "Create an event type",
  );
  cleanup();
  const variants = { "onboarding-checklist": { variant: null, reason: "not_targeted" } } as const;
  expect(show(<OnboardingChecklist />, { variants })).toBe("");
});

test("A variant that carries data shows its payload", async () => {
  const { Announcement } = await load<Components<"Announcement">>("A variant that carries data");
  const payload = { text: "Now with teams", href: "/teams" };
  expect(show(<Announcement />, { variants: told({ announcement: { variant: "banner", payload } }) })).toBe(
    "Now with teams",
  );
  expect(screen.getByRole("link").getAttribute("href")).toBe("/teams");
  cleanup();
  expect(show(<Announcement />, { variants: told({ announcement: "control" }) })).toBe("");
});

test("As an element shows the node of the variant, and that of control to everybody else", async () => {
  // jsdom has no layout, so nothing ever comes into view: what counts then is proved in a browser.
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
  const { UpgradeNote } = await load<Components<"UpgradeNote">>("As an element");
  const onExposure = vi.fn();
  expect(show(<UpgradeNote />, { variants: { "upgrade-button-test": "urgent" }, onExposure })).toBe(
    "Your colleagues wait for a team.",
  );
  expect(onExposure).not.toHaveBeenCalled();
  cleanup();
  expect(show(<UpgradeNote />)).toBe("Teams share event types.");
});

describe("A test for each team", () => {
  test.each([
    [{ variants: { "dashboard-layout-v2": "grid" } } as const, "a grid"],
    [{ variants: { "dashboard-layout-v2": "control" } } as const, "a list"],
    [{}, "a list"],
    [{ loading: ["dashboard-layout-v2"] } as const, "grey"],
  ])("%j shows %s", async (props, expected) => {
    const { TeamDashboard } = await load<Components<"TeamDashboard">>("A test for each team");
    const team = { id: 4, name: "Design", slug: "design" } as Parameters<typeof TeamProvider>[0]["team"];
    const shown = show(
      <TeamProvider team={team}>
        <TeamDashboard />
      </TeamProvider>,
      props,
    );
    expect(shown).toBe(expected);
  });
});

test("In your own tests is a test of this repository, which runs by itself", () => {
  const [example] = blocksOf("EXAMPLES.md").filter(({ heading }) => heading === "In your own tests");
  const [, ...code] = example?.code.split("\n") ?? [];
  expect(code.join("\n")).toBe(fs.readFileSync(path.join(root, example?.file ?? ""), "utf8"));
});

test("no block of these examples was left out", () => {
  const names = blocksOf("EXAMPLES.md")
    .filter(
      ({ name, heading }) => [...loaded].some((other) => headingOf(other) === heading) && !loaded.has(name),
    )
    .map(({ name }) => name);
  expect(names).toEqual([]);
});

function headingOf(name: string): string | undefined {
  return blocksOf("EXAMPLES.md").find((block) => block.name === name)?.heading;
}
