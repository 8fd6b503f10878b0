import AxeBuilder from "@axe-core/playwright";
import type { BrowserContext, Page } from "@playwright/test";
import { expect, test, testEnv } from "./support/fixtures";
import { demoPages, openDemoPage, settled } from "./support/pages";

const WIDTHS = [360, 768, 1280];

test.describe.configure({ mode: "parallel" });

for (const demoPage of demoPages) {
  test(`axe finds nothing on ${demoPage.name}, in either theme and language, and no width scrolls sideways`, async ({
    page,
    context,
  }) => {
    await openDemoPage(page, demoPage);
    for (const language of ["en", "de"]) {
      await read(context, language);
      await page.reload();
      await settled(page);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        expect.soft(await violationsOf(page), `${language}, ${colorScheme}`).toEqual([]);
      }
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 });
        expect.soft(await overflowOf(page), `${language}, ${width} px`).toEqual([]);
      }
    }
  });
}

async function read(context: BrowserContext, language: string): Promise<void> {
  await context.addCookies([{ name: "calcom_locale", value: language, url: testEnv().baseUrl }]);
}

/** In few words: what axe would say of each fills pages. */
async function violationsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`),
  );
}

/** What stands out of the window's right side, where the page could be scrolled to it. */
function overflowOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.body.querySelectorAll("*")]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
      .slice(0, 5)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}`);
  });
}
