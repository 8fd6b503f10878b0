import type { Locator, Page } from "@playwright/test";
import { anyDialog, type DemoDialog, demoDialogs, itemOf, openerOf } from "./support/dialogs";
import { expect, test } from "./support/fixtures";
import { type DemoPage, demoPages, openDemoPage, settled } from "./support/pages";

const EXPERIMENTS = "/settings/admin/experiments";

/** The menu of a row has what the experiment's page has, in a file of its own. */
const inList: DemoDialog[] = ["conclude", "turn_off", "duplicate", "delete"].map((command) => ({
  name: `${command} from the list`,
  path: EXPERIMENTS,
  opener: "Actions for Upgrade button",
  item: `experiment_command_${command}`,
}));
const dialogs = [...demoDialogs, ...inList];

const paths = new Set(dialogs.map(({ path }) => path));

for (const path of paths)
  test(`each dialog of ${path} gives the focus back to what opened it, by Escape and by Cancel`, async ({
    page,
  }) => {
    await openDemoPage(page, { name: path, path, email: "admin@example.com" });
    for (const dialog of dialogs.filter((dialog) => dialog.path === path))
      for (const way of ["Escape", "Cancel"] as const)
        await test.step(`${dialog.name}, ${way}`, async () => {
          const shown = await openByKeyboard(page, dialog);
          if (way === "Escape") await page.keyboard.press("Escape");
          else await pressCancel(page, shown);
          await expect(shown).toBeHidden();
          await expect(openerOf(page, dialog)).toBeFocused();
        });
  });

async function openByKeyboard(page: Page, dialog: DemoDialog): Promise<Locator> {
  await openerOf(page, dialog).focus();
  await page.keyboard.press("Enter");
  const chosen = itemOf(page, dialog);
  if (chosen !== undefined) {
    await expect(chosen).toBeVisible();
    for (let step = 0; step < 12 && !(await isFocused(chosen)); step++)
      await page.keyboard.press("ArrowDown");
    await expect(chosen).toBeFocused();
    await page.keyboard.press("Enter");
  }
  await expect(anyDialog(page)).toBeVisible();
  // Until what it is about is loaded, a dialog has no button but the one that closes it.
  await settled(page);
  return anyDialog(page);
}

async function pressCancel(page: Page, dialog: Locator): Promise<void> {
  const cancel = dialog.getByRole("button", { name: /^(Cancel|Close)$/ }).first();
  for (let step = 0; step < 60 && !(await isFocused(cancel)); step++) await page.keyboard.press("Tab");
  await expect(cancel).toBeFocused();
  await page.keyboard.press("Enter");
}

test("the shortcuts give the focus back to where the hands were", async ({ page }) => {
  await openDemoPage(page, { name: "list", path: EXPERIMENTS, email: "admin@example.com" });
  const link = page.getByRole("link", { name: "New experiment" }).first();
  await link.focus();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(link).toBeFocused();
});

for (const email of new Set(demoPages.map((demoPage) => demoPage.email)))
  test(`on each page of ${email ?? "a visitor"} the keyboard's first stop leads past what all pages have in common`, async ({
    page,
  }) => {
    for (const demoPage of demoPages.filter((demoPage) => demoPage.email === email))
      await test.step(demoPage.name, () => expectSkipLink(page, demoPage));
  });

async function expectSkipLink(page: Page, demoPage: DemoPage): Promise<void> {
  await openDemoPage(page, demoPage);
  const skip = page.getByRole("link", { name: "Skip to content" });
  // Some forms take the focus at once; the link is before them all the same.
  const isTaken = await page.evaluate(() => document.activeElement !== document.body);
  if (isTaken) await skip.focus();
  else await page.keyboard.press("Tab");
  await expect(skip).toBeFocused();
  expect(await skip.evaluate((link) => document.querySelector("a, button, input, [tabindex]") === link)).toBe(
    true,
  );
  await expect(skip).toBeInViewport({ ratio: 1 });
  await page.keyboard.press("Enter");
  await expect(page.locator("main")).toBeFocused();
}

for (const [width, height] of [
  [1280, 800],
  [390, 700],
] as const)
  test(`at ${width} pixels no stop of the form's keyboard is hidden by the bar at its bottom`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await openDemoPage(page, {
      name: "form",
      path: `${EXPERIMENTS}/pricing-tiers/edit`,
      email: "admin@example.com",
    });
    await page.getByLabel("Hypothesis").fill("Something else");
    await page.locator("main").focus();
    const hidden: string[] = [];
    let stops = 0;
    for (let isInside = true; isInside && stops < 200; stops++) {
      await page.keyboard.press("Tab");
      const found = await page.evaluate(() => {
        const element = document.activeElement;
        const bar = document.querySelector("[data-sticky-bottom]");
        if (element === null || bar === null || element === document.body) return null;
        const [stop, cover] = [element.getBoundingClientRect(), bar.getBoundingClientRect()];
        const isHidden = !bar.contains(element) && stop.bottom > cover.top + 1 && stop.height < cover.top;
        return { isHidden, what: element.id || (element.textContent ?? "").slice(0, 40) };
      });
      isInside = found !== null;
      if (found?.isHidden) hidden.push(found.what);
    }
    expect(stops).toBeGreaterThan(30);
    expect(hidden).toEqual([]);
  });

function isFocused(control: Locator): Promise<boolean> {
  return control.evaluate((element) => element === document.activeElement);
}
