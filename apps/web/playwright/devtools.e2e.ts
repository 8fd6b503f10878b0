import { createDatabase, type Database } from "@calcom/prisma";
import type { Page } from "@playwright/test";
import { expect, loginAs, long, test, testEnv } from "./support/fixtures";

const slug = "upgrade-button-test";
const TEXTS: Record<string, string> = { control: "Manage Billing", urgent: "Upgrade Now!" };
/** In the code of the overlay, and in none of the pages'. */
const MARK = "experiment-devtools";

let database: Database;
test.beforeAll(() => {
  database = createDatabase({ connectionString: testEnv().databaseUrl, max: 1 });
});
test.afterAll(() => database.close());

const pill = (page: Page) => page.getByRole("button", { name: /^Experiments on this page: \d+$/ });
const panel = (page: Page) => page.getByRole("dialog", { name: "Experiments on this page" });

/** Without when it was sent to PostHog, which happens by itself. */
async function rowOf(email: string) {
  return database.prisma.experimentVariant.findFirst({
    omit: { sentAt: true },
    where: { experimentSlug: slug, user: { email } },
    include: { conversions: true },
  });
}

/** Whether any script of this page, loaded so far, has the overlay's code in it. */
function watchScripts(page: Page) {
  const bodies: Promise<string>[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() === "script") bodies.push(response.text().catch(() => ""));
  });
  return async () => (await Promise.all(bodies)).some((body) => body.includes(MARK));
}

test(
  "an administrator looks at another variant and goes back, by keyboard only, without a trace",
  long,
  async ({ page }) => {
    const isOverlayLoaded = watchScripts(page);
    await loginAs(page, "admin@example.com");
    await page.goto("/settings/billing");
    await expect(pill(page)).toBeVisible();
    expect(await isOverlayLoaded()).toBe(true);
    const own = await rowOf("admin@example.com");
    const ownText = TEXTS[own?.variant ?? "control"] ?? "";
    const other = own?.variant === "urgent" ? "control" : "urgent";
    await expect(page.getByRole("button", { name: ownText })).toBeVisible();
    // What was seen before is on record, so that whatever the preview would add is noticed.
    await expect.poll(async () => (await rowOf("admin@example.com"))?.exposedAt ?? null).not.toBeNull();
    const before = await rowOf("admin@example.com");

    await openByShortcut(page);
    await expect(panel(page)).toContainText(slug);
    await expect(panel(page)).toContainText(`user:${before?.userId}`);
    await expect(panel(page)).toContainText("exposure sent");
    await expect(panel(page).getByRole("button", { name: other })).toBeVisible();
    await tabTo(page, other);
    await page.keyboard.press("Enter");
    await expect(panel(page)).toContainText(`${other}: preview`);
    await expect(panel(page)).toContainText("not counted");

    await page.keyboard.press("Escape");
    await expect(panel(page)).toHaveCount(0);
    await expect(pill(page)).toBeFocused();
    await page.getByRole("button", { name: TEXTS[other] ?? "" }).focus();
    await page.keyboard.press("Enter");
    await page.reload();
    await expect(page.getByRole("button", { name: TEXTS[other] ?? "" })).toBeVisible();
    expect(await rowOf("admin@example.com")).toEqual(before);

    await openByShortcut(page);
    await expect(panel(page).getByRole("button", { name: "Clear preview" })).toBeVisible();
    await tabTo(page, "Clear preview");
    await page.keyboard.press("Enter");
    await expect(panel(page)).toContainText(`${own?.variant}: previously assigned`);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("button", { name: ownText })).toBeVisible();
    await expect(page.getByRole("region", { name: "Preview" })).not.toContainText(slug);
    expect(await rowOf("admin@example.com")).toEqual(before);
  },
);

test("the pill stays where it was put, and hidden until the shortcut", long, async ({ page }) => {
  await loginAs(page, "admin@example.com");
  await page.goto("/settings/billing");
  await pill(page).click();
  await panel(page).getByRole("button", { name: "Move to the next corner" }).click();
  await page.keyboard.press("Escape");
  await page.goto("/");
  await expect(pill(page)).toBeVisible();
  const box = await pill(page).boundingBox();
  expect(box?.x).toBeLessThan(100);
  await pill(page).click();
  await panel(page).getByRole("button", { name: "Hide (reopen with the shortcut)" }).click();
  await expect(pill(page)).toHaveCount(0);
  await page.reload();
  await openByShortcut(page);
  await page.keyboard.press("Escape");
  await expect(pill(page)).toBeVisible();
});

test("a page without experiments has no pill, and the end of one with some can be scrolled clear of it", async ({
  page,
}) => {
  await loginAs(page, "admin@example.com");
  await page.goto("/settings/admin/experiments");
  await openByShortcut(page);
  await expect(panel(page)).toContainText("No experiments on this page.");
  await page.keyboard.press("Escape");
  await expect(panel(page)).toHaveCount(0);
  await expect(pill(page)).toHaveCount(0);
  await page.setViewportSize({ width: 390, height: 500 });
  await page.goto("/settings/billing");
  await expect(pill(page)).toBeVisible();
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  const end = await page
    .getByRole("main")
    .evaluate((main) => main.lastElementChild?.getBoundingClientRect().bottom ?? Number.NaN);
  expect(end).toBeLessThanOrEqual((await pill(page).boundingBox())?.y ?? 0);
});

test(
  "a plain user and an anonymous visitor get neither the overlay nor its code, nor may they ask",
  long,
  async ({ page }) => {
    const isOverlayLoaded = watchScripts(page);
    for (const path of ["/", "/pricing"]) await page.goto(path, { waitUntil: "networkidle" });
    await loginAs(page, "ida@example.com");
    for (const path of ["/settings/billing", "/settings/profile", "/pricing", "/"]) {
      await page.goto(path, { waitUntil: "networkidle" });
      await page.keyboard.press("Alt+Shift+E");
      await expect(pill(page)).toHaveCount(0);
      await expect(panel(page)).toHaveCount(0);
    }
    // Nor does it help to plant what an administrator's browser has in its storage.
    await page.evaluate(() => localStorage.setItem("cal_devtools", "{}"));
    await page.goto("/settings/billing", { waitUntil: "networkidle" });
    await expect(pill(page)).toHaveCount(0);
    expect(await isOverlayLoaded()).toBe(false);
    expect(await page.evaluate(() => localStorage.getItem("cal_devtools"))).toBeNull();
    const state = await (await page.request.get(`/api/experiments/preview?slug=${slug}`)).json();
    expect(state).toEqual({ mayPreview: false, previews: [], choices: [] });
  },
);

/** The overlay comes after the page works: until then nobody listens. */
async function openByShortcut(page: Page) {
  await expect
    .poll(async () => {
      if ((await panel(page).count()) === 0) await page.keyboard.press("Alt+Shift+E");
      return panel(page).count();
    })
    .toBe(1);
}

/** As somebody without a mouse gets there. */
async function tabTo(page: Page, name: string) {
  const target = panel(page).getByRole("button", { name, exact: true });
  await expect
    .poll(async () => {
      if (await target.evaluate((element) => element === document.activeElement)) return true;
      await page.keyboard.press("Tab");
      return target.evaluate((element) => element === document.activeElement);
    })
    .toBe(true);
}
