import type { Page } from "@playwright/test";
import { expect, loginAs, test, testEnv } from "./support/fixtures";
import { CHROME } from "./support/person-browser";

test.use({ userAgent: CHROME });

const HEADLINES = /Schedule meetings in seconds|The open-source Calendly alternative/;

test("a visitor keeps the headline over reloads, and scripts change nothing of it", async ({
  page,
  browser,
}) => {
  await page.goto("/");
  const headline = await page.getByRole("heading", { level: 1, name: HEADLINES }).textContent();
  for (let visit = 0; visit < 3; visit++) {
    await page.reload();
    await expect(page.getByRole("heading", { level: 1, name: HEADLINES })).toHaveText(String(headline));
  }
  const silent = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
    baseURL: testEnv().baseUrl,
  });
  const scriptless = await silent.newPage();
  await scriptless.goto("/");
  await expect(scriptless.getByRole("heading", { level: 1, name: HEADLINES })).toHaveText(String(headline));
  await silent.close();
});

test("the members of a team see its layout, each in a browser of their own", async ({ page, browser }) => {
  await loginAs(page, "tom@example.com");
  await page.goto("/teams/design-studio");
  const layout = await layoutOf(page);
  const other = await (await browser.newContext({ baseURL: testEnv().baseUrl })).newPage();
  await loginAs(other, "mei@example.com");
  await other.goto("/teams/design-studio");
  expect(await layoutOf(other)).toBe(layout);
  await other.context().close();
});

test("a team's page does not exist for others", async ({ page }) => {
  await loginAs(page, "ida@example.com");
  expect((await page.goto("/teams/design-studio"))?.status()).toBe(404);
});

test("no page warns of hydration, and none asks for a variant that its HTML already has", async ({
  page,
}) => {
  const problems: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("request", (request) => {
    if (request.url().includes("getVariant")) requests.push(request.url());
  });
  await page.goto("/");
  await page.waitForLoadState("networkidle");
  await loginAs(page, "tom@example.com");
  for (const path of ["/", "/pricing", "/settings/billing", "/teams/design-studio"]) {
    await page.goto(path);
    await page.waitForLoadState("networkidle");
  }
  expect(problems).toEqual([]);
  expect(requests).toEqual([]);
});

async function layoutOf(page: Page): Promise<string> {
  const layouts = page.locator("[data-layout]");
  await expect(layouts).toHaveCount(1);
  return (await layouts.getAttribute("data-layout")) ?? "";
}
