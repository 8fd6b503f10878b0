import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { demoDialogs, openDemoDialog } from "./support/dialogs";
import { expect, test } from "./support/fixtures";
import { demoPages, openDemoPage, overflowOf, settled } from "./support/pages";
import { read, textsOf } from "./support/texts";

const WIDTHS = [360, 768, 1280];
/** Colours know no language, and words no theme: each is seen whole once. */
const SIGHTS = [
  ["en", "light"],
  ["de", "dark"],
] as const;

test.describe.configure({ mode: "parallel" });

for (const demoPage of demoPages) {
  test(`axe finds nothing on ${demoPage.name}, in either theme and language, and no width scrolls sideways`, async ({
    page,
    context,
  }) => {
    for (const [language, colorScheme] of SIGHTS) {
      await read(context, language);
      await openDemoPage(page, demoPage);
      await expectNoViolations(page, language, colorScheme);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 });
        expect.soft(await overflowOf(page), `${language}, ${width} px`).toEqual([]);
      }
    }
  });
}

for (const dialog of demoDialogs) {
  test(`axe finds nothing in the dialog ${dialog.name}, in either theme and language`, async ({
    page,
    context,
  }) => {
    for (const [language, colorScheme] of SIGHTS) {
      await read(context, language);
      await openDemoDialog(page, dialog, language);
      await expectNoViolations(page, language, colorScheme);
    }
  });
}

test("axe finds nothing in the form's summary on a small screen, where the keyboard opens it", async ({
  page,
  context,
}) => {
  await page.setViewportSize({ width: 390, height: 800 });
  for (const [language, colorScheme] of SIGHTS) {
    const texts = textsOf(language);
    await read(context, language);
    await openDemoPage(page, {
      name: "form",
      path: "/settings/admin/experiments/pricing-tiers/edit",
      email: "admin@example.com",
    });
    const toggle = page.getByRole("button", { name: texts.summary ?? "" });
    await toggle.focus();
    await page.keyboard.press("Enter");
    const summary = page.getByRole("region", { name: texts.summary ?? "" });
    await expect(summary).toContainText(texts.planning_how_long ?? "");
    await expect(page.getByRole("button", { name: texts.save_changes ?? "" })).toBeInViewport();
    await settled(page);
    await expectNoViolations(page, language, colorScheme);
  }
});

async function expectNoViolations(
  page: Page,
  language: string,
  colorScheme: "light" | "dark",
): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  expect.soft(await violationsOf(page), `${language}, ${colorScheme}`).toEqual([]);
}

/** In few words: what axe would say of each fills pages. */
async function violationsOf(page: Page): Promise<string[]> {
  // No page of ours holds a frame: nothing is to be put together from several, which takes a second page each time.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`),
  );
}
