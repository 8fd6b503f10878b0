import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, loginAs, test, testEnv } from "./support/fixtures";

const texts: Record<string, string> = JSON.parse(
  readFileSync("apps/web/public/static/locales/de/common.json", "utf8"),
);

test.beforeEach(async ({ context }) => {
  await context.addCookies([{ name: "calcom_locale", value: "de", url: testEnv().baseUrl }]);
});

function press(page: Page, key: string) {
  return page
    .getByRole("button", { name: texts[key] ?? key, exact: true })
    .first()
    .click();
}

test("whoever reads German is refused in German, by the form and by the server", async ({ page }) => {
  await page.goto("/signup");
  await press(page, "create_account");
  await expect(page.getByText("Den Namen eingeben.")).toBeVisible();
  await page.getByLabel(texts.name ?? "").fill("Ada");
  await page.getByLabel(texts.email ?? "").fill("admin@example.com");
  await page.getByLabel(texts.password ?? "").fill("a-long-enough-password");
  await press(page, "create_account");
  await expect(page.getByText("Mit dieser Adresse gibt es schon ein Konto.")).toBeVisible();
});

test("an API says what it refuses in the language of the page, beside the field", async ({ page }) => {
  await loginAs(page, "admin@example.com");
  await page.goto("/settings/admin/experiments/new");
  // The slug follows the name.
  await page
    .getByLabel(texts.experiment_name ?? "")
    .first()
    .fill("Upgrade button test");
  await press(page, "experiment_create");
  await expect(
    page.getByText("Der Slug upgrade-button-test ist vergeben: einen anderen wählen."),
  ).toBeVisible();
});
