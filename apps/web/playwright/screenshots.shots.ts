import {
  aHistory,
  HISTORY_STATES,
  type HistoryState,
} from "@calcom/features/experiments/testing/history-states";
import type { Page } from "@playwright/test";
import { test, testEnv } from "./support/fixtures";
import { demoPages, openDemoPage, settled } from "./support/pages";
import { type ResultsServer, startResultsServer } from "./support/results-server";

// Not a test: `npm run screenshots` takes the pictures of docs/screenshots, of every page in both themes, wide and narrow.

const WIDTHS = { wide: 1280, narrow: 390 };
/** The others differ from these in words and figures alone. */
const IN_EVERY_LIGHT: readonly HistoryState[] = ["better", "too-early", "split-off"];
const FOLDER = "docs/screenshots";

for (const demoPage of demoPages)
  test(demoPage.name, async ({ page }) => {
    await openDemoPage(page, demoPage);
    await takeAll(page, demoPage.name);
  });

test.describe("with weeks behind it", () => {
  let server: ResultsServer;
  test.beforeAll(async () => {
    server = await startResultsServer();
  });
  test.afterAll(() => server.stop());
  test.beforeEach(({ page }) => server.login(page));

  for (const state of HISTORY_STATES)
    test(`results ${state}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
      await server.walkTo(page, state);
      await settled(page);
      if (IN_EVERY_LIGHT.includes(state)) await takeAll(page, `results-${state}`, { isWhole: true });
      else await take(page, `results-${state}-light-wide`, { isWhole: true });
    });

  test("the list", async ({ page }) => {
    // What is counted tells the list whose split is off.
    for (const state of HISTORY_STATES) await server.countAgain(page, aHistory(state).slug);
    await page.goto(server.addressOf(""));
    await settled(page);
    await takeAll(page, "experiments-running", { isWhole: true });
  });

  test("a conclusion", async ({ page }) => {
    await server.walkTo(page, "better");
    await page.getByRole("button", { name: "Conclude…" }).click();
    await settled(page);
    await takeAll(page, "conclude");
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
      await take(page, `${name}-${colorScheme}-${size}`, { isWhole });
    }
  }
}

async function take(page: Page, name: string, { isWhole }: { isWhole: boolean }): Promise<void> {
  await page.screenshot({
    path: `${FOLDER}/${name}.png`,
    fullPage: isWhole,
    animations: "disabled",
    scale: "css",
    // A name of this machine is nobody's business.
    mask: [page.getByText(new URL(testEnv().baseUrl).host)],
  });
}
