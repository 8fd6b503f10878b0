import AxeBuilder from "@axe-core/playwright";
import { aHistory } from "@calcom/features/experiments/testing/history-states";
import type { Page } from "@playwright/test";
import { expect, long, test } from "./support/fixtures";
import {
  chart,
  comeToChart,
  type ResultsServer,
  startResultsServer,
  verdict,
} from "./support/results-server";

const patiently = { timeout: 60_000 };
const STATES = ["better", "split-off", "guardrail-worse", "too-early", "three-variants"] as const;

let server: ResultsServer;
test.beforeAll(async () => {
  server = await startResultsServer(STATES);
});
test.afterAll(() => server.stop());
test.beforeEach(({ page }) => server.login(page));

test(
  "the table behind each chart is reached and opened by keyboard, and the arrows read the chart",
  long,
  async ({ page }) => {
    await server.walkTo(page, "three-variants");
    for (const name of [/^Lift over time/, "Exposures", /^Novelty check/]) {
      const section = await comeToChart(page, name);
      const picture = section.getByRole("img");
      await expect(section.getByRole("status")).toBeEmpty();
      await picture.focus();
      await page.keyboard.press("ArrowRight");
      // It was there before: what comes with its text is not read out.
      await expect(section.getByRole("status")).toContainText(/: .*\d/);
      const table = section.getByRole("table");
      await expect(table).toBeHidden();
      await section.locator("summary", { hasText: "Show as table" }).focus();
      await page.keyboard.press("Enter");
      await expect(table).toBeVisible();
      expect(await table.getByRole("row").count()).toBeGreaterThan(2);
      await page.keyboard.press("Tab");
      await expect(table.locator("xpath=..")).toBeFocused();
    }
  },
);

test(
  "all metrics stand on one scale in words, and a change is numbered in both charts and told below",
  long,
  async ({ page }) => {
    await server.database.pool.query(
      `UPDATE "Feature" SET "metadata" = jsonb_set("metadata", '{trafficPercentage}', '90') WHERE "slug" = $1`,
      [aHistory("better").slug],
    );
    const { metrics } = await server.walkTo(page, "better");
    const forest = chart(page, "All metrics").getByRole("table");
    for (const { name } of metrics)
      await expect(
        forest.getByRole("row", { name: new RegExp(`^${name}.*urgent.*(%|Withheld)`) }),
      ).toBeVisible();
    await expect(verdict(page)).toContainText(
      /Impact: about [\d,]+ more conversions a month \([\d,]+ to [\d,]+\)/,
    );
    const changes = page.getByRole("region", { name: "Changes marked in the charts" });
    await expect(changes).toContainText("Traffic allocation: 100% → 90%");
    for (const name of [/^Lift over time/, "Exposures"])
      await expect((await comeToChart(page, name)).locator("svg .recharts-label")).toHaveText("1");
  },
);

for (const state of STATES)
  test(
    `axe finds nothing wrong with the verdict and charts of one that is ${state} in either theme, and no page scrolls sideways`,
    long,
    async ({ page }) => {
      await page.emulateMedia({ colorScheme: "light" });
      await page.setViewportSize({ width: 1280, height: 800 });
      await server.walkTo(page, state);
      await comeToChart(page, "Exposures");
      for (const section of await page.getByRole("region").filter({ hasText: "Show as table" }).all())
        await section.scrollIntoViewIfNeeded();
      for (const summary of await page.getByText("Show as table").all()) await summary.click();
      expect((await axe(page).analyze()).violations, state).toEqual([]);
      await page.emulateMedia({ colorScheme: "dark" });
      const colours = axe(page).withRules(["color-contrast", "link-in-text-block"]);
      expect((await colours.analyze()).violations, `${state}, dark`).toEqual([]);
      await page.setViewportSize({ width: 360, height: 800 });
      const width = () => page.evaluate(() => document.documentElement.scrollWidth);
      await expect.poll(width, state).toBeLessThanOrEqual(360);
    },
  );

test("nobody pays for a chart before coming near it: neither the list nor the results load their library", async ({
  page,
}) => {
  const scripts: string[] = [];
  page.on("response", async (response) => {
    if (response.url().endsWith(".js")) scripts.push(await response.text().catch(() => ""));
  });
  const hasCharts = () => scripts.some((script) => script.includes("recharts-wrapper"));
  await page.goto(`${server.baseUrl}/settings/admin/experiments`);
  await page.waitForLoadState("networkidle");
  expect(hasCharts()).toBe(false);
  await server.walkTo(page, "better");
  await expect(verdict(page)).toBeVisible();
  await page.waitForLoadState("networkidle");
  expect(hasCharts()).toBe(false);
  await comeToChart(page, "Exposures");
  await expect.poll(hasCharts, patiently).toBe(true);
});

/** No page of ours holds a frame: nothing is put together from several. */
const axe = (page: Page) => new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
