import { createDatabase, type Database } from "@calcom/prisma";
import type { Browser, BrowserContext, Page } from "@playwright/test";
import { expect, loginAs, test, testEnv } from "./support/fixtures";
import { CHROME, readVisitorId } from "./support/person-browser";
import { watch } from "./support/watch-page";

test.use({ userAgent: CHROME });

let database: Database;
test.beforeAll(() => {
  database = createDatabase({ connectionString: testEnv().databaseUrl, max: 2 });
});
test.afterAll(() => database.close());

interface ShownPage {
  name: string;
  path: string;
  login: string | null;
  /** What the page shows by variant. */
  texts: Record<string, (page: Page) => Promise<boolean>>;
  variantOf(context: BrowserContext): Promise<string | undefined>;
}

const hasText = (text: string) => async (page: Page) =>
  (await page.getByText(text, { exact: true }).count()) > 0;
const hasLayout = (layout: string) => async (page: Page) =>
  (await page.locator(`[data-layout="${layout}"]`).count()) > 0;

const pages: ShownPage[] = [
  {
    name: "a user's",
    path: "/settings/billing",
    login: "ida@example.com",
    texts: { control: hasText("Manage Billing"), urgent: hasText("Upgrade Now!") },
    variantOf: () => storedVariant("upgrade-button-test", { user: { email: "ida@example.com" } }),
  },
  {
    name: "a team's",
    path: "/teams/design-studio",
    login: "tom@example.com",
    texts: { control: hasLayout("list"), grid: hasLayout("grid") },
    variantOf: () => storedVariant("dashboard-layout-v2", { team: { slug: "design-studio" } }),
  },
  {
    name: "a visitor's static",
    path: "/",
    login: null,
    texts: {
      control: hasText("The open-source Calendly alternative"),
      "benefit-focused": hasText("Schedule meetings in seconds"),
    },
    variantOf: async (context) =>
      storedVariant("landing-hero-test", { visitorId: await readVisitorId(context) }),
  },
];

for (const { name, path, login, texts, variantOf } of pages) {
  const shownIn = async (page: Page) => {
    const shown: string[] = [];
    for (const [variant, isShown] of Object.entries(texts)) if (await isShown(page)) shown.push(variant);
    return shown;
  };

  test(`${name} variant is in the first HTML`, async ({ browser }) => {
    const context = await aContext(browser, { javaScriptEnabled: false });
    const page = await context.newPage();
    if (login !== null) await loginAs(page, login);
    await page.goto(path);
    const stored = await variantOf(context);
    expect(stored).toBeDefined();
    expect(await shownIn(page)).toEqual([stored]);
    await context.close();
  });

  test(`${name} page neither shifts, nor warns, nor asks for a variant`, async ({ page, context }) => {
    const watched = await watch(page);
    if (login !== null) await loginAs(page, login);
    for (let visit = 0; visit < 2; visit++) {
      await page.goto(path);
      await expect.poll(() => watched.exposures.length).toBeGreaterThan(visit);
      await page.waitForLoadState("networkidle");
      expect(await shownIn(page)).toEqual([await variantOf(context)]);
      expect(await watched.layoutShift()).toBe(0);
    }
    expect(watched.problems).toEqual([]);
    expect(watched.questions).toEqual([]);
  });

  test(`${name} page does not move when its fonts come late`, async ({ page }) => {
    const watched = await watch(page);
    if (login !== null) await loginAs(page, login);
    const fonts: string[] = [];
    await page.route("**/*.woff2", async (route) => {
      fonts.push(route.request().url());
      await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
      await route.continue();
    });
    await page.goto(path);
    await page.waitForLoadState("networkidle");
    await page.evaluate(() => document.fonts.ready);
    expect(fonts).not.toEqual([]);
    expect(await watched.layoutShift()).toBe(0);
  });
}

test("a soft navigation to the static page shows the visitor's own variant", async ({ page, context }) => {
  const watched = await watch(page);
  await page.goto("/pricing");
  const reported = page.waitForResponse("**/api/experiments/exposures");
  await page.getByRole("link", { name: "Calcom – go to home page" }).click();
  await expect(page).toHaveURL("/");
  const headline = await headlineOf(page);
  expect((await reported).status()).toBe(204);
  // The visit stored nothing: its report did, and for what was shown.
  const stored = await storedVariant("landing-hero-test", { visitorId: await readVisitorId(context) });
  expect(stored).toBe(variantOfHeadline(headline));
  await page.reload();
  expect(await headlineOf(page)).toBe(headline);
  expect(watched.problems).toEqual([]);
  expect(watched.questions).toEqual([]);
});

test("a headline survives login, and comes along to the person's next browser", async ({ page, browser }) => {
  const person = await signUp(page);
  const reported = page.waitForResponse("**/api/experiments/exposures");
  await page.goto("/");
  const headline = await headlineOf(page);
  await reported;
  await loginAs(page, person.email, { password: person.password });
  await page.goto("/");
  expect(await headlineOf(page)).toBe(headline);

  for (let browsers = 0; browsers < 4; browsers++) {
    const context = await aContext(browser);
    const other = await context.newPage();
    await loginAs(other, person.email, { password: person.password });
    await other.goto("/");
    expect(await headlineOf(other)).toBe(headline);
    await context.close();
  }
});

test("who signs out leaves no trace for the next one at this browser", async ({ page, context }) => {
  const [first, second] = [await signUp(page), await signUp(page)];
  await page.goto("/");
  await loginAs(page, first.email, { password: first.password });
  const theirs = await readVisitorId(context);

  // Another one signs in without a sign-out in between.
  await loginAs(page, second.email, { password: second.password });
  const next = await readVisitorId(context);
  expect(next).not.toBe(theirs);

  await page.goto("/settings/profile");
  await page.getByRole("button", { name: "Account menu for Rena" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL("/");
  await expect.poll(() => readVisitorId(context)).not.toBe(next);
  const headline = await headlineOf(page);
  await page.reload();
  expect(await headlineOf(page)).toBe(headline);
});

function aContext(browser: Browser, options: { javaScriptEnabled?: boolean } = {}) {
  return browser.newContext({ baseURL: testEnv().baseUrl, userAgent: CHROME, ...options });
}

async function headlineOf(page: Page): Promise<string> {
  return (await page.getByRole("heading", { level: 1 }).textContent()) ?? "";
}

function variantOfHeadline(headline: string): string {
  return headline === "Schedule meetings in seconds" ? "benefit-focused" : "control";
}

async function storedVariant(experimentSlug: string, where: object): Promise<string | undefined> {
  const [row] = await database.prisma.experimentVariant.findMany({ where: { experimentSlug, ...where } });
  return row?.variant;
}

let people = 0;

/** Somebody whom no other test knows. */
async function signUp(page: Page): Promise<{ email: string; password: string }> {
  const { createAuth } = await import("@calcom/features/auth/server");
  const email = `rendering-${Date.now()}-${test.info().workerIndex}-${people++}@own.example`;
  const password = "correct horse battery";
  await createAuth(database).signUp({ name: "Rena", email, password });
  await page.context().clearCookies();
  return { email, password };
}
