import type { APIResponse, Browser, Page } from "@playwright/test";
import { expect, loginAs, long, test, testEnv } from "./support/fixtures";
import { type Mailbox, openMailbox } from "./support/mailbox";
import { type OwnServer, startOwnServer } from "./support/own-server";

const WANTED = "nine lamps over the harbour";
const SECURITY = "/settings/security";

let mailbox: Mailbox;
let server: OwnServer;
test.beforeAll(async () => {
  mailbox = await openMailbox();
  server = await startOwnServer({ env: { SMTP_URL: mailbox.url } });
});
test.afterAll(async () => {
  await server.stop();
  await mailbox.close();
});

type Person = { email: string; password: string };

async function signedIn(browser: Browser, { email, password }: Person): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: server.baseUrl })).newPage();
  await loginAs(page, email, { baseUrl: server.baseUrl, password });
  await page.goto(SECURITY);
  await expect(page.getByRole("heading", { name: "Security", level: 1 })).toBeVisible();
  return page;
}

async function expectSignedOut(page: Page): Promise<void> {
  await page.goto(SECURITY);
  await expect(page).toHaveURL(/\/login/);
}

async function fillPassword(page: Page, label: string, password: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(password);
}

test("signing out ends the session: its token is worth nothing afterwards", long, async ({ browser }) => {
  const page = await signedIn(browser, await server.signUp("Ulla"));
  const jar = await page.context().cookies();
  await page.getByRole("button", { name: /Ulla/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(`${server.baseUrl}/`);
  await page.context().addCookies(jar);
  await expectSignedOut(page);
  const session = await page.request.get(`${server.baseUrl}/api/auth/session`);
  expect(await session.json()).toEqual({});
  expect(session.headers()["set-cookie"]).toBeUndefined();
});

test("signing out everywhere signs every browser out", long, async ({ browser }) => {
  const person = await server.signUp("Evi");
  const [here, there] = [await signedIn(browser, person), await signedIn(browser, person)];
  await there.reload();
  await expect(there.getByText("You’re signed in on 2 devices.")).toBeVisible();
  await here.getByRole("button", { name: "Sign out everywhere" }).press("Enter");
  await expect(here).toHaveURL(/\/login/);
  await expectSignedOut(there);
  await expectSignedOut(here);
});

test("changing the password keeps this browser and signs the others out", long, async ({ browser }) => {
  const person = await server.signUp("Chang");
  const [here, there] = [await signedIn(browser, person), await signedIn(browser, person)];
  await fillPassword(here, "Current password", "not my password");
  await fillPassword(here, "New password", WANTED);
  await here.getByRole("button", { name: "Change password" }).click();
  await expect(here.getByLabel("Current password")).toBeFocused();
  await expect(here.getByText("This isn’t your password.")).toBeVisible();
  await fillPassword(here, "Current password", person.password);
  await here.getByRole("button", { name: "Change password" }).click();
  await expect(here.getByText(/^Password changed/)).toBeVisible();
  await here.reload();
  await expect(here.getByText("You’re signed in on this device only.")).toBeVisible();
  await expectSignedOut(there);
  await loginAs(there, person.email, { baseUrl: server.baseUrl, password: WANTED });
});

test(
  "whoever forgot the password chooses a new one by a link from the mailbox, once",
  long,
  async ({ browser }) => {
    const person = await server.signUp("Vera");
    const elsewhere = await signedIn(browser, person);
    const page = await (await browser.newContext({ baseURL: server.baseUrl })).newPage();
    await page.goto("/login");
    await page.getByRole("link", { name: "Forgot your password?" }).click();
    // The form that it leaves asks for an email address too.
    await expect(page.getByRole("heading", { name: "Forgot your password?" })).toBeVisible();
    for (const email of ["nobody@own.example", person.email]) {
      await page.getByLabel("Email").fill(email);
      await page.getByRole("button", { name: "Send link" }).click();
      await expect(page.getByRole("status").getByText(email)).toBeVisible();
    }
    const link = await mailbox.linkFor(person.email);
    expect(link.startsWith(`${server.baseUrl}/reset-password/new#`)).toBe(true);

    await page.goto(link);
    await fillPassword(page, "New password", "password1234");
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(page.getByText("This password is easy to guess.")).toBeVisible();
    await fillPassword(page, "New password", WANTED);
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(page.getByText(/^Password changed/)).toBeVisible();
    expect(new URL(page.url()).hash).toBe("");
    await expectSignedOut(elsewhere);

    // From another page: to the same one, an address that differs behind its `#` alone loads nothing.
    await page.goto("/login");
    await page.goto(link);
    await fillPassword(page, "New password", "another one of mine, and long");
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(page.getByText("This link was already used")).toBeVisible();
    await page.getByRole("link", { name: "Request another link" }).click();
    await expect(page).toHaveURL(/\/reset-password$/);
    await loginAs(page, person.email, { baseUrl: server.baseUrl, password: WANTED });
  },
);

test("a server without mail says so", async ({ page }) => {
  await page.goto(`${testEnv().baseUrl}/reset-password`);
  await expect(page.getByText("This server doesn’t send email")).toBeVisible();
});

test(
  "while others guess, the owner signs in at a browser that is known, and elsewhere is told to wait",
  long,
  async ({ browser }) => {
    const person = await server.signUp("Otto");
    const known = await signedIn(browser, person);
    await known.getByRole("button", { name: /Otto/ }).click();
    await known.getByRole("menuitem", { name: "Sign out" }).click();
    await expect(known).toHaveURL(`${server.baseUrl}/`);

    const stranger = await (await browser.newContext({ baseURL: server.baseUrl })).newPage();
    const statuses: number[] = [];
    for (let guess = 0; guess < 30; guess++)
      statuses.push((await guessOnce(stranger, person.email)).status());
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(10);

    await stranger.goto("/login");
    // Others go on guessing, so that each wait is longer than the one before.
    await expect.poll(() => waitAfterGuess(stranger, person.email), { timeout: 60_000 }).toBeGreaterThan(8);
    await signInByForm(stranger, person);
    await expect(stranger.getByText("Too many attempts for this account.")).toBeVisible();
    await known.goto("/login");
    await signInByForm(known, person);
    await expect(known).toHaveURL(/\/settings\/billing/);
  },
);

async function signInByForm(page: Page, { email, password }: Person): Promise<void> {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** For how many seconds nobody else is let in. */
async function waitAfterGuess(page: Page, email: string): Promise<number> {
  return Number((await guessOnce(page, email)).headers()["retry-after"] ?? 0);
}

async function guessOnce(page: Page, email: string): Promise<APIResponse> {
  const csrf: { csrfToken: string } = await (await page.request.get("/api/auth/csrf")).json();
  const answer = await page.request.post("/api/auth/callback/credentials", {
    form: { csrfToken: csrf.csrfToken, email, password: "a guess of somebody", json: "true" },
  });
  if (answer.status() === 429) expect(Number(answer.headers()["retry-after"])).toBeGreaterThan(0);
  return answer;
}
