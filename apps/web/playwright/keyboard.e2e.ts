import type { Locator, Page } from "@playwright/test";
import { expect, loginAs, long, test } from "./support/fixtures";
import { type OwnServer, startOwnServer } from "./support/own-server";

let server: OwnServer;
test.beforeAll(async () => {
  server = await startOwnServer();
});
test.afterAll(() => server.stop());

/** Goes on with Tab until the control has the focus: what cannot be reached so is out of reach. */
async function tabTo(page: Page, control: Locator, key = "Tab"): Promise<void> {
  await expect(control).toBeVisible();
  await expect(control).toBeEnabled();
  for (let step = 0; step < 150; step++) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${control} is not reached by ${key}.`);
}

test("the whole life of an experiment is done by keyboard alone", long, async ({ page }) => {
  await loginAs(page, server.admin.email, { baseUrl: server.baseUrl, password: server.admin.password });
  await page.goto(`${server.baseUrl}/settings/admin/experiments`);
  const press = async (control: Locator) => {
    await tabTo(page, control);
    await page.keyboard.press("Enter");
  };
  const button = (name: string | RegExp) =>
    page.getByRole("button", { name, exact: typeof name === "string" });
  const dialog = page.getByRole("dialog").or(page.getByRole("alertdialog"));

  await press(page.getByRole("link", { name: "New experiment" }).first());
  await expect(page.getByText(/Targeting matches .* users? now/)).toBeVisible();
  // What is missing has the focus at the first press, however far above the button it stands.
  await press(button("Create draft"));
  await expect(page.getByLabel("Name", { exact: false }).first()).toBeFocused();
  await expect(page.getByLabel("Name", { exact: false }).first()).toBeInViewport();
  await expect(page.getByText("Fix 2 entries.")).toBeVisible();
  await press(button("Go to the first one"));
  await expect(page.getByLabel("Name", { exact: false }).first()).toBeFocused();
  await page.keyboard.type("By keyboard");
  await tabTo(page, page.getByLabel("Name of variant 2"));
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("bold");
  await tabTo(page, page.getByLabel("Client-side conversion events"));
  await page.keyboard.type("clicked");
  await page.keyboard.press("Enter");
  await press(button("Create draft"));
  await page.waitForURL((url) => url.pathname.endsWith("/by-keyboard"));

  await press(button("Start experiment…"));
  await press(dialog.getByRole("button", { name: /^Start (experiment|anyway)$/ }));
  await expect(page.getByText("Running").first()).toBeVisible();
  await press(button("Pause"));
  await expect(page.getByText("Paused").first()).toBeVisible();
  // Its place is taken by its opposite, at which the keyboard stays.
  await expect(button("Resume")).toBeFocused();
  await press(button("Resume"));
  await expect(page.getByText("Running").first()).toBeVisible();

  await press(button("Conclude…"));
  await tabTo(page, dialog.getByRole("radio").first());
  const winner = dialog.getByRole("radio", { name: "bold" });
  await tabTo(page, winner, "ArrowDown");
  await page.keyboard.press("Space");
  await expect(winner).toBeChecked();
  // Nothing was compared yet, so that no variant can have done better.
  const reason = dialog.getByRole("radio", { name: "Concluded for another reason" });
  // Tab leads into the group, and the arrows lead from one to the next.
  await tabTo(page, dialog.getByRole("radiogroup", { name: "Reason" }).getByRole("radio").first());
  await tabTo(page, reason, "ArrowDown");
  // An arrow key selects only while it is held down, and Playwright releases it at once.
  await page.keyboard.press("Space");
  await expect(reason).toBeChecked();
  await press(dialog.getByRole("button", { name: "Conclude experiment" }));
  await expect(page.getByText("Concluded").first()).toBeVisible();

  await press(page.getByRole("button", { name: /^Actions for/ }));
  const archive = page.getByRole("menuitem", { name: "Archive…" });
  await tabTo(page, archive, "ArrowDown");
  await page.keyboard.press("Enter");
  await press(dialog.getByRole("button", { name: "Archive" }));
  await expect(page.getByText("Archived").first()).toBeVisible();
  // What was open has given the focus back to where it was.
  await expect(page.locator("body")).not.toBeFocused();
});
