import AxeBuilder from "@axe-core/playwright";
import { writeHistory } from "@calcom/features/experiments/testing/history";
import {
  aHistoryOfTwelve,
  LONG_EVENT,
  LONG_NAME,
  TWELVE,
} from "@calcom/features/experiments/testing/history-twelve";
import type { Locator, Page } from "@playwright/test";
import { expect, loginAs, long, test } from "./support/fixtures";
import { type OwnServer, startOwnServer } from "./support/own-server";
import { overflowOf, settled } from "./support/pages";

const SLUG = "twelve-variants";
const ADMIN = "/settings/admin";
const EXPERIMENT = `${ADMIN}/experiments/${SLUG}`;
let server: OwnServer;
test.beforeAll(async () => {
  expect([LONG_EVENT.length, LONG_NAME.length]).toEqual([48, 80]);
  server = await startOwnServer();
  const { id: ownerId } = await server.database.prisma.user.findUniqueOrThrow({
    where: { email: server.admin.email },
  });
  const { settings, ...history } = aHistoryOfTwelve(SLUG);
  await writeHistory(server.database.pool, { ...history, settings: { ...settings, ownerId } });
  await server.database.prisma.feature.create({
    data: {
      slug: "a-flag-whose-slug-is-as-long-as-a-slug-can-be-which-is-sixty-four",
      description: LONG_NAME,
    },
  });
});
test.afterAll(() => server.stop());
test.beforeEach(async ({ page }) => {
  await loginAs(page, server.admin.email, { baseUrl: server.baseUrl, password: server.admin.password });
  const refresh = `${server.baseUrl}/api/trpc/viewer.admin.experiments.results.refresh`;
  await page.request.post(refresh, { data: { json: { slug: SLUG } } });
});

async function open(page: Page, path: string): Promise<void> {
  await page.goto(`${server.baseUrl}${path}`);
  await settled(page);
}

const PAGES = [
  `${ADMIN}/experiments`,
  `${ADMIN}/experiments/new`,
  `${ADMIN}/experiments/activity`,
  `${ADMIN}/experiments/people`,
  EXPERIMENT,
  `${EXPERIMENT}?tab=setup`,
  `${EXPERIMENT}?tab=activity`,
  `${EXPERIMENT}/edit`,
  `${ADMIN}/flags`,
];

for (const width of [390, 360])
  test(
    `at ${width} pixels no page of the admin scrolls sideways, whatever the names`,
    long,
    async ({ page }) => {
      await page.setViewportSize({ width, height: 800 });
      for (const path of PAGES) {
        await open(page, path);
        await page.locator("main details").evaluateAll((all) => {
          for (const details of all) details.setAttribute("open", "");
        });
        expect.soft(await overflowOf(page), path).toEqual([]);
      }
    },
  );

test("at 390 pixels no dialog is wider than the screen, whatever the names", long, async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await open(page, EXPERIMENT);
  const dialog = page.getByRole("dialog").or(page.getByRole("alertdialog"));
  const check = async (name: string) => {
    await expect(dialog).toBeVisible();
    await settled(page);
    expect.soft(await overflowOf(page), name).toEqual([]);
    const isCut = await dialog.evaluate((element) => element.scrollWidth > element.clientWidth + 1);
    expect.soft(isCut, `${name} scrolls sideways`).toBe(false);
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
  };
  await page.getByRole("button", { name: "Conclude…" }).click();
  await check("the conclusion");
  const menu = page.getByRole("button", { name: /^Actions for/ });
  await menu.click();
  const items = await page.getByRole("menuitem").allTextContents();
  await page.keyboard.press("Escape");
  for (const item of items.filter((text) => text.endsWith("…"))) {
    await menu.click();
    await page.getByRole("menuitem", { name: item }).click();
    await check(item);
  }
});

for (const colorScheme of ["light", "dark"] as const)
  test(
    `in the ${colorScheme} theme twelve variants have twelve colours, each beside its name, and axe finds nothing`,
    long,
    async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await open(page, EXPERIMENT);
      const legend = page.getByRole("region", { name: "Exposures" }).getByRole("listitem");
      await expect(legend.filter({ hasText: /./ })).toHaveCount(12);
      const colours = await legend
        .locator("[data-slot=variant-swatch]")
        .evaluateAll((swatches) => swatches.map((swatch) => getComputedStyle(swatch).backgroundColor));
      expect(new Set(colours).size).toBe(12);
      for (const name of TWELVE) await expect(legend.filter({ hasText: name }).first()).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(" ")}`),
      ).toEqual([]);
      // On a phone the legend is lower than its chart.
      await page.setViewportSize({ width: 390, height: 844 });
      const heightOf = async (place: Locator) => (await place.boundingBox())?.height ?? Number.NaN;
      const exposures = page.getByRole("region", { name: "Exposures" });
      await exposures.scrollIntoViewIfNeeded();
      expect(await heightOf(exposures.locator("[data-slot=chart-legend]"))).toBeLessThan(
        0.75 * (await heightOf(exposures.getByRole("img"))),
      );
    },
  );
