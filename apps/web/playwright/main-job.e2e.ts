import type { Browser, Page } from "@playwright/test";
import { expect, loginAs, test } from "./support/fixtures";
import { type OwnServer, startOwnServer } from "./support/own-server";

const TEXTS = { control: "Manage Billing", urgent: "Upgrade Now!" } as const;
type Variant = keyof typeof TEXTS;
const slug = "upgrade-button-test";

let server: OwnServer;
test.beforeAll(async () => {
  server = await startOwnServer();
});
test.afterAll(() => server.stop());

test("an experiment, from the idea to the winner that everybody gets", async ({ page, browser }) => {
  const experimentUrl = `${server.baseUrl}/settings/admin/experiments/${slug}`;

  await test.step("an admin creates it in the browser and starts it", async () => {
    await signIn(page, server.admin);
    await page.goto(`${server.baseUrl}/settings/admin/experiments`);
    await expect(page.getByText("No experiments yet")).toBeVisible();
    await page.getByRole("link", { name: "New experiment" }).first().click();
    await page.getByLabel("Name", { exact: false }).first().fill("Upgrade button test");
    await expect(page.getByLabel("Slug")).toHaveValue(slug);
    await page.getByLabel("Name of variant 2").fill("urgent");
    await page.getByLabel("Client-side conversion events").fill("billing_button_clicked");
    await page.getByLabel("Client-side conversion events").press("Enter");
    await page.getByRole("button", { name: "Create draft" }).click();
    await page.waitForURL((url) => url.pathname.endsWith(`/${slug}`));
    await order(page, "Start experiment");
    await expect(page.getByText("Running").first()).toBeVisible();
  });

  const uma = await server.signUp("Uma");
  const context = await browser.newContext();
  const umasPage = await context.newPage();
  await signIn(umasPage, uma);
  const variant = await test.step("a user has a variant in the first HTML, before any script", async () => {
    const html = await (await umasPage.request.get(`${server.baseUrl}/settings/billing`)).text();
    const found = (Object.keys(TEXTS) as Variant[]).filter((name) => html.includes(`>${TEXTS[name]}<`));
    expect(found).toHaveLength(1);
    return found[0] as Variant;
  });

  await test.step("the same after a reload, in another browser, and after a restart of everything", async () => {
    for (let visit = 0; visit < 2; visit++) await expectVariant(umasPage, variant);
    const elsewhere = await inNewBrowser(browser, uma);
    await expectVariant(elsewhere, variant);
    await server.killAndRestart();
    await expectVariant(umasPage, variant);
    await expectVariant(elsewhere, variant);
    await elsewhere.context().close();
  });

  await test.step("a click counts as a conversion, and the admin sees it", async () => {
    await umasPage.getByRole("button", { name: TEXTS[variant] }).click();
    await expect.poll(() => server.database.prisma.experimentConversion.count()).toBe(1);
    await page.goto(experimentUrl);
    const row = page.getByRole("row", { name: new RegExp(`^${variant}`) });
    await expect(row.getByRole("cell")).toContainText(["1", "1", "Hidden"]);
    // By variant it is told once it can be compared; the total is there at once.
    const total = page.getByRole("row", { name: /^Total/ });
    await expect(total.getByRole("cell")).toContainText(["1", "1", "1"]);
  });

  await test.step("paused, it takes nobody in and flips nobody", async () => {
    await page.getByRole("button", { name: "Pause", exact: true }).click();
    await expect(page.getByText("Paused").first()).toBeVisible();
    await expectVariant(umasPage, variant);
    const late = await inNewBrowser(browser, await server.signUp("Late"));
    await expectVariant(late, "control");
    expect(await server.database.prisma.experimentVariant.count()).toBe(1);
    await late.context().close();
  });

  await test.step("concluded with a winner that nobody has chosen for the admin, everybody gets it", async () => {
    const winner: Variant = variant === "urgent" ? "control" : "urgent";
    await page.getByRole("button", { name: "Conclude…" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByRole("radio", { checked: true })).toHaveCount(0);
    await dialog.getByRole("radio", { name: winner, exact: true }).click();
    await dialog.getByRole("radio", { name: "Concluded for another reason" }).click();
    await dialog.getByRole("textbox", { name: "What we learned" }).fill("Nothing, it was too short.");
    await dialog.getByRole("button", { name: "Conclude experiment" }).click();
    await expect(page.getByText("Nothing, it was too short.")).toBeVisible();
    await expect(page.getByText("Concluded").first()).toBeVisible();
    await expectVariant(umasPage, winner);
    const stranger = await inNewBrowser(browser, await server.signUp("Stranger"));
    await expectVariant(stranger, winner);
    expect(await server.database.prisma.experimentVariant.count()).toBe(1);
  });
});

async function signIn(page: Page, { email, password }: { email: string; password: string }) {
  await loginAs(page, email, { baseUrl: server.baseUrl, password });
}

async function inNewBrowser(browser: Browser, person: { email: string; password: string }): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await signIn(page, person);
  return page;
}

async function expectVariant(page: Page, variant: Variant) {
  await page.goto(`${server.baseUrl}/settings/billing`);
  await expect(page.getByRole("button", { name: TEXTS[variant] })).toBeVisible();
}

/** Presses a lifecycle button of the experiment's page, and confirms where it asks. */
async function order(page: Page, name: string) {
  // What opens a dialog ends in dots.
  await page.getByRole("button", { name: new RegExp(`^${name}…?$`) }).click();
  const dialog = page.getByRole("alertdialog").or(page.getByRole("dialog"));
  await dialog
    .getByRole("button", { name, exact: true })
    // So it says where there are warnings.
    .or(dialog.getByRole("button", { name: "Start anyway" }))
    .click();
  await expect(dialog).toHaveCount(0);
}
