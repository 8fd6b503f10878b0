import type { Page } from "@playwright/test";

export interface FlagsWalk {
  /** On the list of experiments, of an administrator of the application. */
  page: Page;
  /** A flag that the application has had before, and that is off; null where the module's tables are the only ones. */
  flag: string | null;
}

/** Goes through the page of flags by the names of what is on it: one is found, turned on and off, and seen. */
export async function walkFlags({ page, flag }: FlagsWalk): Promise<string> {
  await page.getByRole("link", { name: "Feature flags", exact: true }).first().click();
  await page.locator(".xp-root").getByRole("heading", { level: 1, name: "Feature flags" }).waitFor();
  const slug = flag ?? "walked-flag";
  if (flag === null) await create(page, slug);
  else await page.getByText("Your application’s own flags").waitFor();
  await page.getByRole("searchbox", { name: "Search flags" }).fill(slug);
  const onOff = page.getByRole("switch", { name: `${slug}, for everyone` });
  await onOff.click();
  await page.getByText(`${slug}: On for everyone`).first().waitFor();
  await page
    .getByRole("button", { name: flag === null ? `See or set who has ${slug}` : `See who has ${slug}` })
    .click();
  await page.getByRole("dialog").getByText("@host.example").first().waitFor();
  await page.keyboard.press("Escape");
  await onOff.click();
  await page.getByText(`${slug} is off for everyone`).first().waitFor();
  if (flag === null) await remove(page, slug);
  await page.getByRole("link", { name: "Experiments", exact: true }).first().click();
  await page.locator(".xp-root").getByRole("heading", { level: 1, name: "Experiments" }).waitFor();
  return flag === null
    ? "a flag was created, found, switched and deleted by clicks"
    : "a flag of the application was found and switched by clicks";
}

async function create(page: Page, slug: string): Promise<void> {
  await page.getByRole("button", { name: "New flag" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Slug" }).fill(slug);
  await dialog.getByRole("button", { name: "Create flag" }).click();
  await dialog.waitFor({ state: "detached" });
}

async function remove(page: Page, slug: string): Promise<void> {
  await page.getByRole("button", { name: `More actions for ${slug}` }).click();
  await page.getByRole("menuitem", { name: "Delete flag" }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByRole("textbox").fill(slug);
  await dialog.getByRole("button", { name: "Delete flag" }).click();
  await dialog.waitFor({ state: "detached" });
}
