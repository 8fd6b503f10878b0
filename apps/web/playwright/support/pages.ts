import type { Page } from "@playwright/test";
import { expect, loginAs } from "./fixtures";

const EXPERIMENTS = "/settings/admin/experiments";

/** A page of the demo, as somebody meets it: what is to hold for every page is asked of each of these. */
export interface DemoPage {
  /** Also the name of its picture. */
  name: string;
  path: string;
  /** Who looks at it; null for somebody who is not signed in. */
  email: string | null;
}

const admin = "admin@example.com";

export const demoPages: readonly DemoPage[] = [
  { name: "landing", path: "/", email: null },
  { name: "pricing", path: "/pricing", email: null },
  { name: "privacy", path: "/privacy", email: null },
  { name: "login", path: "/login", email: null },
  { name: "signup", path: "/signup", email: null },
  { name: "reset-password", path: "/reset-password", email: null },
  { name: "reset-password-new", path: "/reset-password/new#a-token", email: null },
  { name: "not-found", path: "/nowhere", email: null },
  { name: "shared-report-missing", path: "/reports/none", email: null },
  { name: "teams", path: "/teams", email: "tom@example.com" },
  { name: "team", path: "/teams/design-studio", email: "tom@example.com" },
  { name: "profile", path: "/settings/profile", email: "tom@example.com" },
  { name: "security", path: "/settings/security", email: "tom@example.com" },
  { name: "billing", path: "/settings/billing", email: "tom@example.com" },
  { name: "upgrade", path: "/settings/billing/upgrade", email: "ida@example.com" },
  { name: "forbidden", path: EXPERIMENTS, email: "ida@example.com" },
  { name: "flags", path: "/settings/admin/flags", email: admin },
  { name: "experiments", path: EXPERIMENTS, email: admin },
  { name: "experiments-none", path: `${EXPERIMENTS}?search=no-such-experiment`, email: admin },
  { name: "experiment-new", path: `${EXPERIMENTS}/new`, email: admin },
  { name: "experiment-results", path: `${EXPERIMENTS}/upgrade-button-test`, email: admin },
  { name: "experiment-setup", path: `${EXPERIMENTS}/upgrade-button-test?tab=setup`, email: admin },
  { name: "experiment-activity", path: `${EXPERIMENTS}/upgrade-button-test?tab=activity`, email: admin },
  { name: "experiment-live", path: `${EXPERIMENTS}/upgrade-button-test?tab=live`, email: admin },
  { name: "experiment-draft", path: `${EXPERIMENTS}/onboarding-checklist`, email: admin },
  { name: "experiment-edit", path: `${EXPERIMENTS}/pricing-tiers/edit`, email: admin },
  { name: "experiment-missing", path: `${EXPERIMENTS}/no-such-experiment`, email: admin },
  { name: "experiment-report", path: `${EXPERIMENTS}/-/report/upgrade-button-test`, email: admin },
  { name: "activity", path: `${EXPERIMENTS}/activity`, email: admin },
  { name: "people", path: `${EXPERIMENTS}/people`, email: admin },
  { name: "calendar", path: `${EXPERIMENTS}/-/calendar`, email: admin },
  { name: "metrics", path: `${EXPERIMENTS}/-/metrics`, email: admin },
  { name: "metric", path: `${EXPERIMENTS}/-/metrics/upgrade`, email: admin },
  { name: "metric-new", path: `${EXPERIMENTS}/-/metrics/new`, email: admin },
  { name: "checklist", path: `${EXPERIMENTS}/-/checklist`, email: admin },
  { name: "person-lookup", path: `${EXPERIMENTS}/-/people`, email: admin },
  { name: "person", path: `${EXPERIMENTS}/-/people?email=tom@example.com`, email: admin },
  { name: "person-missing", path: `${EXPERIMENTS}/-/people?user=2000000000`, email: admin },
];

/** Opens it and waits until nothing is loading any more. */
export async function openDemoPage(page: Page, { path, email }: DemoPage): Promise<void> {
  if (email !== null && page.url() === "about:blank") await loginAs(page, email);
  await page.goto(path);
  await settled(page);
}

export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  // What is loaded when somebody comes near it is loaded for print, too, once it listens.
  await expect(async () => {
    await page.evaluate(() => void dispatchEvent(new Event("beforeprint")));
    await expect(page.locator("[data-slot=skeleton]")).toHaveCount(0, { timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
}

/** What stands out of the window's right side, where the page could be scrolled to it. */
export function overflowOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.body.querySelectorAll("*")]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
      .slice(0, 5)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}`);
  });
}
