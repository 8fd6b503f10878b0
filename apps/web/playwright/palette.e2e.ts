import { expect, loginAs, long, test } from "./support/fixtures";

const LIST = "/settings/admin/experiments";

test(
  "the palette is opened by a key or its button, finds experiments and flags, and goes there",
  long,
  async ({ page }) => {
    await loginAs(page, "admin@example.com");
    await page.goto(LIST);
    const palette = page.getByRole("dialog", { name: "Go to" });
    const field = palette.getByRole("combobox");
    const button = page.getByRole("button", { name: "Go to" });
    // Until the page listens, a key is nobody's.
    await expect(async () => {
      await page.keyboard.press("ControlOrMeta+k");
      await expect(field).toBeFocused({ timeout: 1_000 });
    }).toPass();
    const groups = palette.getByRole("group");
    await expect(groups.first()).toHaveAccessibleName("Recently changed experiments");
    expect(
      await groups.evaluateAll((all) => all.map((group) => group.firstElementChild?.textContent)),
    ).toEqual(["Recently changed experiments", "Commands", "Pages", "Language and theme"]);
    await page.keyboard.type("upgrade-button");
    const option = palette.getByRole("option", { name: /upgrade-button-test/ });
    await expect(option).toHaveAttribute("aria-selected", "true");
    await expect(field).toHaveAttribute("aria-activedescendant", (await option.getAttribute("id")) ?? "");
    await expect(palette.getByRole("status")).toHaveText(/^\d+ results?$/);
    await page.keyboard.press("Enter");
    await page.waitForURL(`**${LIST}/upgrade-button-test`);
    await expect(palette).toBeHidden();

    await page.setViewportSize({ width: 390, height: 844 });
    await button.click();
    await expect(field).toBeFocused();
    // A phone has none of the keys.
    await expect(palette.locator("kbd").filter({ visible: true })).toHaveCount(0);
    await page.keyboard.type("nothing is called so");
    await expect(palette.getByText(/^Nothing found/)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(palette).toBeHidden();
    await expect(button).toBeFocused();

    await button.click();
    await page.keyboard.type("new flag");
    await palette.getByRole("option", { name: "New flag" }).click();
    await expect(page.getByRole("dialog", { name: "New flag" })).toBeVisible();
    await expect(page).toHaveURL(/\/settings\/admin\/flags$/);
  },
);
