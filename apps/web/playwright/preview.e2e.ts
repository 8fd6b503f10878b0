import { signPreview, type WantedVariant } from "@calcom/features/experiments";
import { createDatabase, type Database } from "@calcom/prisma";
import type { Page } from "@playwright/test";
import { expect, loginAs, long, test, testEnv } from "./support/fixtures";
import { CHROME, readVisitorId } from "./support/person-browser";

test.use({ userAgent: CHROME });

// Both texts are the product's: a visitor experiment on a static page, and a user experiment that is paused.
const HERO = { slug: "landing-hero-test", variant: "benefit-focused" };
const HERO_TEXT = "Schedule meetings in seconds";
const PRICES = { slug: "pricing-tiers", variant: "variant-a" };
const PRICE_OF = { control: "$10", "variant-a": "$12" };

let database: Database;
test.beforeAll(() => {
  database = createDatabase({ connectionString: testEnv().databaseUrl, max: 1 });
});
test.afterAll(() => database.close());

async function linkOf(wanted: WantedVariant, expiresAt = Date.now() + 60 * 60 * 1000) {
  const maker = await database.prisma.user.findUniqueOrThrow({ where: { email: "admin@example.com" } });
  const { id } = await database.prisma.previewLink.create({
    data: { experimentSlug: wanted.slug, makerId: maker.id, expiresAt: new Date(expiresAt) },
  });
  const linkId = id.replaceAll("-", "");
  const token = await signPreview(wanted, { linkId, expiresAt }, testEnv().secrets.PREVIEW_SECRET ?? "");
  return `experiment.${wanted.slug}=${wanted.variant}&preview=${token}`;
}

const bar = (page: Page) => page.getByRole("region", { name: "Preview" });
const price = (page: Page) => page.getByTestId("price-individual").first();

/** The rows of this browser's visitor, whom a preview must leave without any. */
async function rowsOf(page: Page, slug: string) {
  const visitorId = await readVisitorId(page.context());
  expect(visitorId).toBeTruthy();
  return database.prisma.experimentVariant.count({ where: { experimentSlug: slug, visitorId } });
}

test("a signed link shows its variants on a static and on a dynamic page, until the preview is stopped", async ({
  page,
}) => {
  const reports: string[] = [];
  page.on("request", (request) => {
    if (/\/api\/experiments\/(?:exposures|conversions)/.test(request.url()))
      reports.push(request.postData() ?? "");
  });

  await test.step("from the first HTML on, with a clean address", async () => {
    const response = await page.goto(`/?${await linkOf(HERO)}&${await linkOf(PRICES)}#top`);
    expect(new URL(page.url()).search).toBe("");
    expect(await response?.text()).toContain(HERO_TEXT);
    await expect(page.getByRole("heading", { name: HERO_TEXT })).toBeVisible();
    await expect(bar(page)).toContainText("landing-hero-test = benefit-focused, pricing-tiers = variant-a");
  });

  await test.step("over soft navigation, reload and a typed address", async () => {
    await page.getByRole("link", { name: "Pricing" }).first().click();
    await page.waitForURL((url) => url.pathname === "/pricing");
    await expect(price(page)).toHaveText(PRICE_OF["variant-a"]);
    await expect(bar(page)).toBeVisible();
    await page.reload();
    await expect(price(page)).toHaveText(PRICE_OF["variant-a"]);
    await page.goto("/");
    await expect(page.getByRole("heading", { name: HERO_TEXT })).toBeVisible();
  });

  await test.step("without a row, an exposure or a conversion, whatever is reported", async () => {
    await page.getByRole("link", { name: "Get started" }).first().click();
    await page.waitForURL((url) => url.pathname === "/signup");
    expect(reports.filter((report) => report.includes(HERO.slug))).toEqual([]);
    const forced = { conversions: [{ slug: HERO.slug, event: "get_started_clicked", key: "forced" }] };
    const answers = [
      await page.request.post("/api/experiments/exposures", { data: { exposures: [{ slug: HERO.slug }] } }),
      await page.request.post("/api/experiments/conversions", { data: forced }),
    ];
    expect(answers.map((answer) => answer.status())).toEqual([204, 204]);
    expect(await rowsOf(page, HERO.slug)).toBe(0);
  });

  await test.step("stopped, both pages are this visitor's own again", async () => {
    await page.goto("/pricing");
    await bar(page).getByRole("button", { name: "Stop preview" }).click();
    await expect(price(page)).toHaveText(PRICE_OF.control);
    await expect(page.getByRole("button", { name: "Stop preview" })).toHaveCount(0);
    expect((await page.context().cookies()).filter(({ name }) => name.startsWith("cal_preview"))).toEqual([]);
    await page.goto("/");
    await expect.poll(() => rowsOf(page, HERO.slug)).toBe(1);
  });
});

test("what is previewed is kept by no cache, and its cookie is out of reach for scripts and other sites", async ({
  page,
}) => {
  const entered = await page.request.get(`/?${await linkOf(HERO)}`, {
    headers: { accept: "text/html", "sec-fetch-dest": "document" },
    maxRedirects: 0,
  });
  expect(entered.status()).toBe(307);
  expect(entered.headers()).toMatchObject({ location: "/", "cache-control": "private, no-store" });
  for (const path of ["/", "/pricing"]) {
    const shown = await page.request.get(path, {
      headers: { accept: "text/html", "sec-fetch-dest": "document" },
    });
    expect(shown.headers()["cache-control"], path).toMatch(/^private\b/);
    expect(shown.headers()["cache-control"], path).not.toContain("s-maxage");
  }
  const cookie = (await page.context().cookies()).find(({ name }) => name === "cal_preview");
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax", expires: -1 });
});

test("an expired link shows what everybody sees, and says so until it was read", async ({ page }) => {
  await page.goto(`/pricing?tab=a&${await linkOf(PRICES, Date.now() - 1000)}`);
  await expect(bar(page)).toContainText("This preview link has expired");
  await expect(price(page)).toHaveText(PRICE_OF.control);
  await bar(page).getByRole("button", { name: "Dismiss" }).click();
  await expect(page.getByText("This preview link has expired")).toHaveCount(0);
  expect(new URL(page.url()).search).toBe("?tab=a");
});

test("a forged link, and one for another variant or experiment, shows nothing", async ({ page }) => {
  const link = await linkOf(PRICES);
  const forged = [
    link.slice(0, -1),
    link.replace("=variant-a", "=variant-b"),
    link.replace("pricing-tiers", "landing-hero-test"),
    link.replace("pricing-tiers", "__proto__"),
    `experiment.pricing-tiers=variant-a&preview=${"a".repeat(3000)}`,
  ];
  for (const query of forged) {
    await page.goto(`/pricing?${query}`);
    await expect(bar(page), query.slice(0, 150)).toContainText("This preview link is incomplete");
    await expect(price(page)).toHaveText(PRICE_OF.control);
  }
  expect((await page.context().cookies()).filter(({ name }) => name === "cal_preview")).toEqual([]);
});

test("the parameter of an administrator does nothing for a plain user", async ({ page }) => {
  await loginAs(page, "ida@example.com");
  await page.goto("/pricing?experiment.pricing-tiers=variant-a&tab=a");
  await expect(price(page)).not.toHaveText(PRICE_OF["variant-a"]);
  expect(new URL(page.url()).search).toBe("?tab=a");
  expect((await page.context().cookies()).filter(({ name }) => name === "cal_preview")).toEqual([]);
  const choice = { data: { slug: PRICES.slug, variant: PRICES.variant } };
  expect((await page.request.post("/api/experiments/preview", choice)).status()).toBe(403);
});

test("an administrator's own preview ends with the session, for whoever comes next at this browser", async ({
  page,
}) => {
  await loginAs(page, "admin@example.com");
  await page.goto("/pricing?experiment.pricing-tiers=variant-a");
  await expect(price(page)).toHaveText(PRICE_OF["variant-a"]);
  await loginAs(page, "ida@example.com");
  await page.goto("/pricing");
  await expect(price(page)).toBeVisible();
  await expect(price(page)).not.toHaveText(PRICE_OF["variant-a"]);
});

test(
  "the setup of an experiment makes a link for each variant, which an anonymous browser can open until it is revoked",
  long,
  async ({ page, context, browser }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await loginAs(page, "admin@example.com");
    await page.goto("/settings/admin/experiments/pricing-tiers?tab=setup");
    await page.getByLabel("Page to open").fill("/pricing");
    await page.getByRole("button", { name: "Create links" }).click();
    await page.getByRole("button", { name: "Copy the preview link for variant-a" }).click();
    const address = await page.evaluate(() => navigator.clipboard.readText());
    const stranger = await (await browser.newContext({ userAgent: CHROME })).newPage();
    await stranger.goto(address);
    await expect(price(stranger)).toHaveText(PRICE_OF["variant-a"]);

    const revoke = page.getByRole("button", { name: /^Revoke the links that/ });
    // The list is asked for anew once a link is made; the newest comes first.
    await page.waitForLoadState("networkidle");
    const before = await revoke.count();
    await revoke.first().click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Revoke" }).click();
    await expect(revoke).toHaveCount(before - 1);
    await expect(page.getByRole("button", { name: "Copy the preview link for variant-a" })).toHaveCount(0);
    // What it has opened ends, and it opens nothing more.
    await stranger.goto("/pricing");
    await expect(price(stranger)).toHaveText(PRICE_OF.control);
    await stranger.goto(address);
    await expect(bar(stranger)).toContainText("This preview link has expired");
    await stranger.context().close();
  },
);
