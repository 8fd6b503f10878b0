import { expect, loginAs, test } from "./support/fixtures";

test("nothing starts without a metric unless somebody says why, and the reason stays on record", async ({
  page,
}) => {
  await loginAs(page, "admin@example.com");
  await page.goto("/settings/admin/experiments/new");
  await page.getByLabel("Name", { exact: false }).first().fill("Checkout in two columns");
  await page.getByRole("button", { name: "Create draft" }).click();
  await page.waitForURL((url) => url.pathname.endsWith("/checkout-in-two-columns"));

  await page.getByRole("button", { name: "Start experiment" }).click();
  const dialog = page.getByRole("alertdialog");
  const metric = dialog.getByRole("combobox", { name: /^Primary metric/ });
  await expect(metric).toBeVisible();
  await dialog.getByRole("button", { name: /^Start (experiment|anyway)$/ }).click();
  // Refused at its control, which has the focus; nothing has started.
  await expect(metric).toBeFocused();
  await expect(metric).toHaveAttribute("aria-invalid", "true");
  await expect(
    dialog.getByText("Choose a primary metric, or say why the experiment starts without one."),
  ).toBeVisible();

  await metric.press("Enter");
  await page.getByRole("option", { name: "No primary metric" }).click();
  const start = dialog.getByRole("button", { name: "Start without a primary metric" });
  await start.click();
  const reason = dialog.getByRole("textbox", { name: "Reason for having no primary metric" });
  await expect(reason).toBeFocused();
  await reason.fill("A dry run of the roll-out: we only watch the error log.");
  await start.click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("Running").first()).toBeVisible();
  await page.getByRole("tab", { name: "Setup" }).click();
  await expect(page.getByText("A dry run of the roll-out: we only watch the error log.")).toBeVisible();
  await page.getByRole("tab", { name: "Activity" }).click();
  // Among the details of the entry.
  await expect(
    page.getByText("A dry run of the roll-out: we only watch the error log.").first(),
  ).toBeAttached();
});
