import { expect, loginAs, long, test } from "./support/fixtures";
import { startOwnServer } from "./support/own-server";

const LIST = "/settings/admin/experiments";

test.beforeEach(({ page }) => loginAs(page, "admin@example.com"));

test(
  "single keys lead through the list, to a new experiment and back; a sheet lists them",
  long,
  async ({ page }) => {
    await page.goto(LIST);
    const search = page.getByRole("searchbox");
    const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await expect(search).toBeVisible();
    // The page ignores keys until its scripts have loaded.
    await expect(async () => {
      await page.keyboard.press("?");
      await expect(sheet).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await expect(sheet.getByText("New experiment")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(sheet).toBeHidden();

    await page.keyboard.press("/");
    await expect(search).toBeFocused();
    await page.keyboard.type("n?");
    await expect(search).toHaveValue("n?");
    await expect(sheet).toBeHidden();
    await page.goto(LIST);
    await expect(async () => {
      await page.keyboard.press("n");
      await page.waitForURL(`**${LIST}/new`, { timeout: 2_000 });
    }).toPass();
    // A form's fields take the keys; outside of them a sequence leads away.
    await expect(page.getByRole("slider")).toBeVisible();
    await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
    await page.keyboard.press("g");
    await page.keyboard.press("e");
    await page.waitForURL(`**${LIST}`);
  },
);

test("whoever turns shortcuts off is not surprised by one, also after a reload", long, async ({ page }) => {
  await page.goto(LIST);
  await page
    .getByRole("button", { name: /^Account menu for/ })
    .first()
    .click();
  await page.getByRole("menuitem", { name: "Keyboard shortcuts" }).click();
  await page.getByRole("switch", { name: "Enable keyboard shortcuts" }).click();
  await page.reload();
  const search = page.getByRole("searchbox");
  await expect(search).not.toHaveAttribute("aria-keyshortcuts");
  await page.keyboard.press("/");
  await expect(search).not.toBeFocused();
});

test("the split is dragged, and always adds up to 100", async ({ page }) => {
  await page.goto(`${LIST}/new`);
  const boundary = page.getByRole("slider");
  await boundary.scrollIntoViewIfNeeded();
  const bar = await page
    .getByRole("img", { name: /^Split/ })
    .first()
    .boundingBox();
  const handle = await boundary.boundingBox();
  if (bar === null || handle === null) throw new Error("The split is not drawn.");
  expect(Math.min(handle.width, handle.height)).toBeGreaterThanOrEqual(24);
  const middle = handle.y + handle.height / 2;
  await expect(async () => {
    await boundary.hover();
    await page.mouse.down();
    await page.mouse.move(bar.x + bar.width * 0.7, middle, { steps: 4 });
    await page.mouse.up();
    await expect(page.getByLabel("Share of variant 1 (%)")).toHaveValue("70", { timeout: 1_000 });
  }).toPass();
  await expect(page.getByLabel("Share of variant 2 (%)")).toHaveValue("30");
  await boundary.press("ArrowLeft");
  await expect(page.getByLabel("Share of variant 1 (%)")).toHaveValue("69");
  await expect(page.getByLabel("Share of variant 2 (%)")).toHaveValue("31");
});

test("a role that was taken away is given back by the toast", long, async ({ page }) => {
  const server = await startOwnServer();
  try {
    const { email } = await server.signUp("Given-back");
    const { baseUrl, admin } = server;
    await loginAs(page, admin.email, { baseUrl, password: admin.password });
    await page.goto(`${baseUrl}${LIST}/people`);
    await page.getByLabel("Email address").fill(email);
    await page.getByRole("button", { name: "Add", exact: true }).click();
    const remove = page.getByRole("button", { name: "Remove Given-back’s role" });
    await remove.click();
    await expect(page.getByText(`Removed ${email}’s role`)).toBeVisible();
    await expect(remove).toBeHidden();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(remove).toBeVisible();
    await page.reload();
    await expect(remove).toBeVisible();
  } finally {
    await server.stop();
  }
});

test("a pause that fails is at no moment shown as paused", async ({ page }) => {
  let answer = () => {};
  await page.route(/updateStatus/, async (route) => {
    await new Promise<void>((resolve) => {
      answer = resolve;
    });
    await route.fulfill({ status: 503, body: "" });
  });
  await page.goto(`${LIST}/upgrade-button-test`);
  const pause = page.getByRole("button", { name: "Pause", exact: true });
  await pause.click();
  await expect(pause).toHaveAttribute("aria-busy", "true");
  await expect(page.getByText("Paused", { exact: true })).toHaveCount(0);
  answer();
  await expect(page.getByRole("status").or(page.getByRole("alert")).first()).toBeVisible();
  await expect(pause).not.toHaveAttribute("aria-busy");
  await expect(page.getByText("Paused", { exact: true })).toHaveCount(0);
});
