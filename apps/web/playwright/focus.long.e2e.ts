import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { type DemoPage, demoPages, openDemoPage } from "./support/pages";

const EXPERIMENTS = "/settings/admin/experiments";
const FLAGS = "/settings/admin/flags";
const RUNNING = `${EXPERIMENTS}/upgrade-button-test`;

interface Opening {
  path: string;
  /** What opens it; by a menu, the menu's button, which gets the focus back. */
  opener: (page: Page) => Locator;
  item?: string;
}

const button = (name: string | RegExp) => (page: Page) => page.getByRole("button", { name }).first();
const fromMenu = (path: string, opener: Opening["opener"], ...items: string[]): [string, Opening][] =>
  items.map((item) => [`${item} from the menu of ${path}`, { path, opener, item }]);

const dialogs: [name: string, opening: Opening][] = [
  ["the start", { path: `${EXPERIMENTS}/onboarding-checklist`, opener: button("Start experiment") }],
  ["the conclusion", { path: RUNNING, opener: button("Conclude…") }],
  ...fromMenu(RUNNING, button(/^Actions for/), "Turn off…", "Duplicate…", "Delete…"),
  ...fromMenu(
    EXPERIMENTS,
    button("Actions for Upgrade button"),
    "Conclude…",
    "Turn off…",
    "Duplicate…",
    "Delete…",
  ),
  ["the palette", { path: EXPERIMENTS, opener: button("Go to") }],
  ["a new metric", { path: `${EXPERIMENTS}/new`, opener: button("New metric…") }],
  ["a view", { path: `${EXPERIMENTS}?search=upgrade`, opener: button("Save view…") }],
  ["a new flag", { path: FLAGS, opener: button("New flag") }],
  ["a flag's assignment", { path: FLAGS, opener: button(/^Assign .* to users and teams$/) }],
  ["an experiment's configuration", { path: FLAGS, opener: button(/^Configure /) }],
  ...fromMenu(
    FLAGS,
    button(/^More actions for/),
    "Assign to users and teams",
    "Set rollout",
    "Schedule changes",
    "Convert to an experiment…",
    "Delete flag",
  ),
];

const paths = new Set(dialogs.map(([, { path }]) => path));

for (const path of paths)
  test(`each dialog of ${path} gives the focus back to what opened it, by Escape and by Cancel`, async ({
    page,
  }) => {
    await openDemoPage(page, { name: path, path, email: "admin@example.com" });
    for (const [name, opening] of dialogs.filter(([, opening]) => opening.path === path))
      for (const way of ["Escape", "Cancel"] as const)
        await test.step(`${name}, ${way}`, async () => {
          const dialog = await openByKeyboard(page, opening);
          if (way === "Escape") await page.keyboard.press("Escape");
          else await pressCancel(page, dialog);
          await expect(dialog).toBeHidden();
          await expect(opening.opener(page)).toBeFocused();
        });
  });

async function openByKeyboard(page: Page, { opener, item }: Opening): Promise<Locator> {
  await opener(page).focus();
  await page.keyboard.press("Enter");
  if (item !== undefined) {
    const chosen = page.getByRole("menuitem", { name: item });
    await expect(chosen).toBeVisible();
    for (let step = 0; step < 12 && !(await isFocused(chosen)); step++)
      await page.keyboard.press("ArrowDown");
    await expect(chosen).toBeFocused();
    await page.keyboard.press("Enter");
  }
  const dialog = page.getByRole("dialog").or(page.getByRole("alertdialog"));
  await expect(dialog).toBeVisible();
  return dialog;
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
    test.setTimeout(120_000);
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
