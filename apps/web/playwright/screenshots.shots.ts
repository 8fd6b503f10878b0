import type { Page } from "@playwright/test";
import { test, testEnv } from "./support/fixtures";
import { demoPages, openDemoPage, settled } from "./support/pages";
import { type ResultsServer, startResultsServer } from "./support/results-server";

// Not a test: `npm run screenshots` takes the pictures of docs/screenshots, of every page in both themes, wide and narrow.

const WIDTHS = { wide: 1280, narrow: 390 };
const FOLDER = "docs/screenshots";

for (const demoPage of demoPages)
  test(demoPage.name, async ({ page }) => {
    await openDemoPage(page, demoPage);
    await takeAll(page, demoPage.name);
  });

test.describe("results", () => {
  let server: ResultsServer;
  test.beforeAll(async () => {
    server = await startResultsServer(["better", "too-early", "split-off"]);
  });
  test.afterAll(() => server.stop());

  for (const state of ["better", "too-early", "split-off"] as const)
    test(`results ${state}`, async ({ page }) => {
      await server.login(page);
      await server.walkTo(page, state);
      await settled(page);
      await takeAll(page, `results-${state}`, { isWhole: true });
    });
});

test("the start of an experiment", async ({ page }) => {
  const draft = demoPages.find(({ name }) => name === "experiment-draft");
  if (draft === undefined) throw new Error("The demo has a draft.");
  await openDemoPage(page, draft);
  await page.getByRole("button", { name: "Start experiment" }).first().click();
  await settled(page);
  await takeAll(page, "start");
});

async function takeAll(page: Page, name: string, { isWhole = false } = {}): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    for (const [size, width] of Object.entries(WIDTHS)) {
      await page.setViewportSize({ width, height: 800 });
      await settled(page);
      // A name of this machine is nobody's business.
      const mask = page.getByText(new URL(testEnv().baseUrl).host);
      const file = `${FOLDER}/${name}-${colorScheme}-${size}.png`;
      await page.screenshot({
        path: file,
        fullPage: isWhole,
        animations: "disabled",
        scale: "css",
        mask: [mask],
      });
    }
  }
}
