import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { type ResultsServer, startResultsServer } from "./support/results-server";

// What somebody hears who does not see the page: the tree that browsers hand to screen readers, with the name and the
// role of each thing, and what is announced by itself.

const LIST = "/settings/admin/experiments";
let server: ResultsServer;

test.beforeAll(async () => {
  server = await startResultsServer(["better"]);
});
test.afterAll(() => server.stop());
test.beforeEach(({ page }) => server.login(page));

/** Controls in it that say nothing of themselves: a reader would hear "button", and no more. */
async function namelessIn(part: Locator): Promise<string[]> {
  const heard = await part.ariaSnapshot();
  const silent =
    /^\s*- (button|link|textbox|searchbox|combobox|checkbox|radio|switch|tab|menuitem|slider|spinbutton)(?: \[[^\]]*\])*:?$/;
  return heard.split("\n").filter((line) => silent.test(line));
}

/** Levels of headings in their order; one that skips a level leaves a reader in doubt of what it missed. */
async function skippedHeadings(page: Page): Promise<string[]> {
  const heard = await page.locator("body").ariaSnapshot();
  const levels = [...heard.matchAll(/heading "([^"]*)" \[level=(\d)\]/g)].map(
    ([, name = "", level]) => [name, Number(level)] as const,
  );
  return levels.filter(([, level], at) => level > (levels[at - 1]?.[1] ?? 0) + 1).map(([name]) => name);
}

async function expectToBeHeard(page: Page): Promise<void> {
  await expect(page.getByRole("main")).toHaveCount(1);
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  expect.soft(await namelessIn(page.locator("body"))).toEqual([]);
  expect.soft(await skippedHeadings(page)).toEqual([]);
}

test("create and start are heard: every control by its name, what is wrong at its field, what was done by itself", async ({
  page,
}) => {
  await page.goto(`${server.baseUrl}${LIST}/new`);
  await expect(page.getByText(/^Targeting matches/).first()).toBeVisible();
  await expectToBeHeard(page);
  await page.getByRole("button", { name: "Create draft" }).click();
  const name = page.getByRole("textbox", { name: /^Name/ }).first();
  await expect(name).toBeFocused();
  await expect(name).toHaveAttribute("aria-invalid", "true");
  await expect(name)
    .toHaveAccessibleErrorMessage(/.+/)
    .catch(async () => {
      // Said as a description by who reads no error messages.
      await expect(name).toHaveAccessibleDescription(/.+/);
    });
  await name.fill("Heard");
  const events = page.getByLabel("Client-side conversion events");
  await events.fill("clicked");
  await events.press("Enter");
  await page.getByRole("button", { name: "Create draft" }).click();
  await page.waitForURL((url) => url.pathname.endsWith("/heard"));
  await expectToBeHeard(page);

  await page.getByRole("button", { name: "Start experiment" }).first().click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toHaveAccessibleName(/Heard/);
  await expect(dialog).toHaveAccessibleDescription(/.+/);
  expect(await namelessIn(dialog)).toEqual([]);
  await dialog.getByRole("button", { name: /^Start (experiment|anyway)$/ }).click();
  await expect(dialog).toBeHidden();
  await expect(
    page
      .getByRole("region", { name: /notification/i })
      .or(page.getByRole("status"))
      .first(),
  ).toBeAttached();
  await expect(page.getByText("Running").first()).toBeVisible();
});

test("results are heard: the verdict first, figures as tables with headers, and each chart by its name", async ({
  page,
}) => {
  await server.walkTo(page, "better");
  await expect(page.getByRole("region", { name: "Verdict" })).toContainText("urgent is better");
  await expectToBeHeard(page);
  const heard = await page.getByRole("main").ariaSnapshot();
  expect(heard.indexOf("urgent is better")).toBeLessThan(heard.indexOf("columnheader"));
  for (const table of await page.getByRole("table").all()) {
    if (!(await table.isVisible())) continue;
    expect.soft(await table.getByRole("columnheader").count()).toBeGreaterThan(1);
  }
  // A picture says in words what it shows, or is left out of the tree.
  const pictures = heard.split("\n").filter((line) => /^\s*- img\s*:?$/.test(line));
  expect(pictures).toEqual([]);
});

test("concluding is heard: question, choices as groups with names, the consequence as it is chosen, and what is missing", async ({
  page,
}) => {
  await server.walkTo(page, "better");
  await page.getByRole("button", { name: "Conclude…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toHaveAccessibleName(/^Conclude /);
  await expect(dialog.getByRole("status")).toContainText("urgent is better");
  expect(await namelessIn(dialog)).toEqual([]);
  for (const group of await dialog.getByRole("radiogroup").all())
    await expect(group).toHaveAccessibleName(/.+/);

  await dialog.getByRole("button", { name: "Conclude experiment" }).click();
  await expect(dialog.getByRole("radio").first()).toBeFocused();
  await expect(dialog.getByRole("alert").first()).toBeVisible();
  await dialog.getByRole("radio", { name: "urgent", exact: true }).click();
  const announced = dialog.locator("[aria-live=polite]").filter({ hasText: "urgent" });
  await expect(announced.first()).toBeVisible();
  await dialog.getByRole("radio", { name: "A variant did better" }).click();
  await dialog.getByRole("button", { name: "Conclude experiment" }).click();
  await expect(dialog).toBeHidden({ timeout: 60_000 });
  await expectToBeHeard(page);
  await expect(page.getByRole("region", { name: "Result snapshot" })).toBeVisible();
});

test("a flag's schedule is heard: each planned change by what happens and when, with the zone", async ({
  page,
}) => {
  const slug = "heard-booker";
  await server.database.prisma.feature.create({ data: { slug, type: "KILL_SWITCH" } });
  await page.goto(`${server.baseUrl}/settings/admin/flags`);
  await expectToBeHeard(page);
  await page.getByRole("button", { name: `More actions for ${slug}` }).click();
  await page.getByRole("menuitem", { name: "Schedule changes" }).click();
  const dialog = page.getByRole("dialog", { name: `Schedule for ${slug}` });
  await expect(dialog).toHaveAccessibleDescription(/Doing so cancels its scheduled changes/);
  await dialog.getByRole("button", { name: "Schedule change" }).click();
  const time = dialog.getByLabel("Date and time");
  await expect(time).toBeFocused();
  await expect(time).toHaveAttribute("aria-invalid", "true");
  await time.fill("2031-01-01T09:00");
  await dialog.getByRole("button", { name: "Schedule change" }).click();
  await expect(dialog.getByRole("list", { name: "Scheduled changes" })).toContainText(
    "1 Jan 2031, 09:00 GMT+1",
  );
  await expect(dialog.getByRole("button", { name: /^Remove: Turn on, 1 Jan 2031/ })).toBeVisible();
  expect(await namelessIn(dialog)).toEqual([]);
});
