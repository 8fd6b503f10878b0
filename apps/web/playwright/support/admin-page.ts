import type { Browser, Page } from "@playwright/test";
import { loginAs } from "./fixtures";
import type { OwnServer } from "./own-server";

export const EXPERIMENTS = "/settings/admin/experiments";

/** Signs in as that person in a new browser context, and opens the path on the server. */
export async function openAs(
  browser: Browser,
  { baseUrl }: Pick<OwnServer, "baseUrl">,
  { email, password }: OwnServer["admin"],
  path = EXPERIMENTS,
): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await loginAs(page, email, { baseUrl, password });
  await page.goto(`${baseUrl}${path}`);
  return page;
}
