import AxeBuilder from "@axe-core/playwright";
import type { BrowserContext, Page } from "@playwright/test";
import { expect, loginAs, test, unlessAlways } from "./support/fixtures";
import { aPersonsBrowser, readVisitorId } from "./support/person-browser";
import { startTrackedServer, type TrackedServer, UPGRADE, unsentEvents } from "./support/tracked-server";

const patiently = { timeout: 60_000 };

let server: TrackedServer;
let context: BrowserContext;
let page: Page;

test.beforeAll(async () => {
  server = await startTrackedServer({ CONSENT_MODE: "required" });
});
test.afterAll(() => server.stop());
test.beforeEach(async ({ browser }) => {
  context = await aPersonsBrowser(browser);
  page = await context.newPage();
});
test.afterEach(async () => {
  await context.close();
  expect(server.sink.violations).toEqual([]);
});

const bar = () => page.getByRole("region", { name: "Can we remember this browser?" });

test("before consent nothing is minted, written or sent", async () => {
  const person = await server.signUp("Nora");
  const rows = await server.database.prisma.experimentVariant.count();
  const requests = server.sink.requests.length;
  await page.goto(`${server.baseUrl}/`);
  await expect(bar()).toBeVisible();
  await page.goto(`${server.baseUrl}/pricing`);
  await expect(bar()).toBeVisible();
  expect(await kept()).toEqual({ cookies: [], storage: [] });
  await loginAs(page, person.email, { baseUrl: server.baseUrl, password: person.password });
  await page.goto(`${server.baseUrl}/settings/billing`);
  await page.getByRole("button", { name: UPGRADE }).click();
  await page.goto(`${server.baseUrl}/`);
  await expect(bar()).toBeVisible();
  // That of the browser from which somebody has signed in keeps accounts safe, and asks nobody.
  expect((await kept()).cookies.filter((name) => /^cal_(?!device$)/.test(name))).toEqual([]);
  expect((await kept()).storage).toEqual([]);
  expect(await server.database.prisma.experimentVariant.count()).toBe(rows);
  expect(await server.database.prisma.visitorLink.count()).toBe(0);
  expect(server.sink.requests.length).toBe(requests);
});

test("declined, nothing begins, and it is not asked again", async () => {
  await page.goto(`${server.baseUrl}/pricing`);
  await bar().getByRole("link", { name: "What we store" }).click();
  // The page with the details asks by itself.
  await expect(page.getByText("You haven’t chosen yet.", { exact: false })).toBeVisible();
  await expect(bar()).toHaveCount(0);
  await page.getByRole("button", { name: "Decline" }).click();
  await expect(page.getByText("You declined.", { exact: false })).toBeVisible();
  await page.getByRole("banner").getByRole("link", { name: "Pricing" }).click();
  await expect(page).toHaveURL(/pricing/);
  await expect(bar()).toHaveCount(0);
  await page.goto(`${server.baseUrl}/`);
  await page.waitForLoadState("networkidle");
  await expect(bar()).toHaveCount(0);
  expect(await kept()).toEqual({ cookies: ["cal_consent"], storage: [] });
});

test("a browser that says no to every site is not asked, is refused for, and may accept all the same", async ({
  browser,
}) => {
  await context.close();
  context = await aPersonsBrowser(browser, { extraHTTPHeaders: { "Sec-GPC": "1" } });
  await context.addInitScript(() => Object.assign(navigator, { globalPrivacyControl: true }));
  page = await context.newPage();
  // From before the browser said so.
  const url = server.baseUrl;
  await context.addCookies([{ name: "cal_consent", value: "granted", url }]);
  const rows = await server.database.prisma.experimentVariant.count();
  await page.goto(`${url}/`);
  await page.waitForLoadState("networkidle");
  expect((await kept()).cookies).toEqual(["cal_consent"]);
  expect(await server.database.prisma.experimentVariant.count()).toBe(rows);
  await context.clearCookies();
  await page.goto(`${url}/pricing`);
  await page.waitForLoadState("networkidle");
  await expect(bar()).toHaveCount(0);
  await page.goto(`${url}/privacy`);
  await expect(
    page.getByText("Your browser asks every site not to track you", { exact: false }),
  ).toBeVisible();
  await page.getByRole("button", { name: "Accept" }).click();
  await expect(page.getByText("You accepted.", { exact: false })).toBeVisible();
  await expect.poll(() => readVisitorId(context)).not.toBe("");
  await page.goto(`${url}/`);
  await expect.poll(() => server.database.prisma.experimentVariant.count(), patiently).toBeGreaterThan(rows);
});

test("accepted, the open page goes on with variant, row and event, without being loaded again", async () => {
  const person = await server.signUp("Ann");
  await loginAs(page, person.email, { baseUrl: server.baseUrl, password: person.password });
  await page.goto(`${server.baseUrl}/settings/billing`);
  await expect(bar()).toBeVisible();
  await page.evaluate(() => Object.assign(window, { isStillTheSamePage: true }));
  await bar().getByRole("button", { name: "Accept" }).click();
  await expect(bar()).toHaveCount(0);
  const { id } = await server.database.prisma.user.findUniqueOrThrow({ where: { email: person.email } });
  await expect
    .poll(() => server.sink.events("experiment_viewed").map(({ distinctId }) => distinctId), patiently)
    .toContain(String(id));
  expect(await page.evaluate(() => "isStillTheSamePage" in window)).toBe(true);
  await expect.poll(() => server.sink.events("$identify").length, patiently).toBeGreaterThan(0);
  const cookies = await context.cookies();
  expect(cookies.find(({ name }) => name === "cal_vid")).toMatchObject({ httpOnly: true, sameSite: "Lax" });
  expect(cookies.find(({ name }) => name === "cal_consent")).toMatchObject({
    value: "granted",
    httpOnly: false,
    sameSite: "Lax",
    path: "/",
  });
});

test("withdrawn, everything that was kept goes, and nothing more comes, in no tab", async () => {
  const person = await server.signUp("Wim");
  await page.goto(`${server.baseUrl}/`);
  await bar().getByRole("button", { name: "Accept" }).click();
  await expect.poll(() => readVisitorId(context)).not.toBe("");
  const visitor = await readVisitorId(context);
  await loginAs(page, person.email, { baseUrl: server.baseUrl, password: person.password });
  await page.goto(`${server.baseUrl}/settings/billing`);
  const { id: userId } = await server.database.prisma.user.findUniqueOrThrow({
    where: { email: person.email },
  });
  await expect.poll(() => linksOf(userId), patiently).toBe(1);
  const ownEvents = () =>
    server.sink.events().filter(({ distinctId }) => [String(userId), visitor].includes(distinctId));
  await expect.poll(() => ownEvents().some(({ event }) => event === "$identify"), patiently).toBe(true);
  await expect.poll(() => unsentEvents(server), patiently).toBe(0);
  const other = await context.newPage();
  await other.goto(`${server.baseUrl}/settings/billing`);
  await expect(other.getByRole("button", { name: UPGRADE })).toBeVisible();

  await page.getByRole("link", { name: "Profile" }).first().click();
  await page.getByRole("link", { name: /Privacy and consent/ }).click();
  await page.getByRole("button", { name: "Withdraw consent" }).click();
  await expect(page.getByText("You declined.", { exact: false })).toBeVisible();

  expect((await kept()).cookies.filter((name) => /^(cal_(?!device$)|ph_)/.test(name))).toEqual([
    "cal_consent",
  ]);
  expect((await kept()).storage).toEqual([]);
  expect(await linksOf(userId)).toBe(0);
  expect(await server.database.prisma.experimentVariant.count({ where: { visitorId: visitor } })).toBe(0);
  const sent = ownEvents().length;
  const rows = await server.database.prisma.experimentVariant.count();
  // The other tab is older than the withdrawal.
  await other.getByRole("button", { name: UPGRADE }).click();
  for (const path of ["/", "/pricing", "/settings/billing"]) await page.goto(`${server.baseUrl}${path}`);
  await page.waitForLoadState("networkidle");
  await other.close();
  expect(await server.database.prisma.experimentVariant.count()).toBe(rows);
  expect(await server.database.prisma.experimentConversion.count({ where: { assignment: { userId } } })).toBe(
    0,
  );
  expect(ownEvents()).toHaveLength(sent);
  expect((await kept()).storage).toEqual([]);

  await test.step("and accepting again begins anew, as another visitor", async () => {
    await page.goto(`${server.baseUrl}/privacy`);
    await page.getByRole("button", { name: "Accept" }).click();
    await expect.poll(() => readVisitorId(context)).not.toBe("");
    expect(await readVisitorId(context)).not.toBe(visitor);
  });
});

for (const colorScheme of ["light", "dark"] as const) {
  test(
    `the bar can be used by keyboard and reader on a small screen, ${colorScheme}`,
    unlessAlways(colorScheme === "dark"),
    async () => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width: 360, height: 640 });
      await page.goto(`${server.baseUrl}/pricing`);
      await expect(bar()).toBeVisible();
      const { violations } = await new AxeBuilder({ page })
        .include("section[aria-labelledby=consent-title]")
        .analyze();
      expect(violations).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
      // It covers nothing for good: at the end of the page the footer stands above it.
      await page.keyboard.press("End");
      await expect(page.getByRole("contentinfo").getByRole("link", { name: "Privacy" })).toBeInViewport();
      const decline = bar().getByRole("button", { name: "Decline" });
      await decline.focus();
      await page.keyboard.press("Tab");
      await expect(bar().getByRole("button", { name: "Accept" })).toBeFocused();
      await page.keyboard.press("Shift+Tab");
      await expect(decline).toBeFocused();
      await page.keyboard.press("Enter");
      await expect(bar()).toHaveCount(0);
    },
  );
}

function linksOf(userId: number): Promise<number> {
  return server.database.prisma.visitorLink.count({ where: { userId } });
}

/** The names of everything in this browser that is about experiments or analytics. */
async function kept(): Promise<{ cookies: string[]; storage: string[] }> {
  const cookies = (await context.cookies()).map(({ name }) => name).sort();
  const storage = await page.evaluate(() =>
    [...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter((name) =>
      /^(cal_|_*ph_)/.test(name),
    ),
  );
  return { cookies, storage };
}
