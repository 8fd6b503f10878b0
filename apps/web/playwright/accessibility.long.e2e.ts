import { readFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import type { BrowserContext, Locator, Page } from "@playwright/test";
import { expect, test, testEnv } from "./support/fixtures";
import { demoPages, openDemoPage, overflowOf, settled } from "./support/pages";

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

const EXPERIMENTS = "/settings/admin/experiments";
const FLAGS = "/settings/admin/flags";

/** What stands in front of a page, by the page that it is opened on and the texts of what is pressed to get there. */
const dialogs: [name: string, path: string, ...presses: string[]][] = [
  ["the start", `${EXPERIMENTS}/onboarding-checklist`, "experiment_command_start"],
  ["the conclusion", `${EXPERIMENTS}/upgrade-button-test`, "experiment_command_conclude"],
  ...(["duplicate", "turn_off", "delete"] as const).map((command): [string, string, ...string[]] => [
    `${command} from the menu`,
    `${EXPERIMENTS}/upgrade-button-test`,
    "experiment_actions_for",
    `experiment_command_${command}`,
  ]),
  ["a new metric", `${EXPERIMENTS}/new`, "metric_make"],
  ["a new flag", FLAGS, "flag_new"],
  ["a flag's assignment", FLAGS, "flag_assign_label"],
  ["a flag's rollout", FLAGS, "flag_actions_label", "flag_rollout"],
  ["a flag's schedule", FLAGS, "flag_actions_label", "flag_schedule"],
  ["a flag's conversion", FLAGS, "flag_actions_label", "flag_convert"],
  ["an experiment's configuration", FLAGS, "flag_configure_label"],
];

for (const [name, path, ...presses] of dialogs) {
  test(`axe finds nothing in the dialog of ${name}, in either theme and language`, async ({
    page,
    context,
  }) => {
    for (const [language, colorScheme] of SIGHTS) {
      const texts = textsOf(language);
      await read(context, language);
      await openDemoPage(page, { name, path, email: "admin@example.com" });
      for (const key of presses) await namedBy(page, texts[key] ?? key).click();
      await expect(page.getByRole("dialog").or(page.getByRole("alertdialog"))).toBeVisible();
      await settled(page);
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
      path: `${EXPERIMENTS}/pricing-tiers/edit`,
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

/** The first button or item of a menu of that name, whatever stands where the text has a variable. */
function namedBy(page: Page, text: string): Locator {
  const parts = text.split(/\{\{\w+\}\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const name = new RegExp(`^${parts.join(".+")}$`);
  return page.getByRole("button", { name }).or(page.getByRole("menuitem", { name })).first();
}

function textsOf(language: string): Record<string, string> {
  return JSON.parse(readFileSync(`apps/web/public/static/locales/${language}/common.json`, "utf8"));
}

async function read(context: BrowserContext, language: string): Promise<void> {
  await context.addCookies([{ name: "calcom_locale", value: language, url: testEnv().baseUrl }]);
}

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
