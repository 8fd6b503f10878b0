import { readFileSync } from "node:fs";
import type { APIRequestContext, BrowserContext, Page } from "@playwright/test";
import { expect, loginAs, long, test, testEnv, unlessAlways } from "./support/fixtures";
import { watch } from "./support/watch-page";

type Language = "en" | "de";

const texts = { en: textsOf("en"), de: textsOf("de") };
const other = { en: "de", de: "en" } as const;

function textsOf(language: Language): Record<string, string> {
  return JSON.parse(readFileSync(`apps/web/public/static/locales/${language}/common.json`, "utf8"));
}

function read(context: BrowserContext, language: Language) {
  return context.addCookies([{ name: "calcom_locale", value: language, url: testEnv().baseUrl }]);
}

function press(page: Page, key: string) {
  return page
    .getByRole("button", { name: texts.de[key] ?? key, exact: true })
    .first()
    .click();
}

test.describe("whoever reads German is refused in German", () => {
  test.beforeEach(({ context }) => read(context, "de"));

  test("by the form and by the server", async ({ page }) => {
    await page.goto("/signup");
    await press(page, "create_account");
    await expect(page.getByText("Geben Sie Ihren Namen ein.")).toBeVisible();
    await page.getByLabel(texts.de.name ?? "").fill("Ada");
    await page.getByLabel(texts.de.email ?? "").fill("admin@example.com");
    await page.getByLabel(texts.de.password ?? "").fill("a-long-enough-password");
    await press(page, "create_account");
    await expect(page.getByText("Mit dieser Adresse gibt es schon ein Konto.")).toBeVisible();
  });

  test("by an API, beside the field", async ({ page }) => {
    await loginAs(page, "admin@example.com");
    await page.goto("/settings/admin/experiments/new");
    // The slug follows the name.
    await page
      .getByLabel(texts.de.experiment_name ?? "")
      .first()
      .fill("Upgrade button test");
    await press(page, "experiment_create");
    await expect(
      page.getByText("Der Slug upgrade-button-test ist vergeben. Wählen Sie einen anderen."),
    ).toBeVisible();
  });
});

const kinds = [
  { path: "/", text: "landing_lede" },
  { path: "/pricing", text: "pricing_lede" },
  { path: "/privacy", text: "privacy_lede" },
  { path: "/login", text: "no_account_yet" },
  { path: "/settings/profile", text: "profile_privacy_link", email: "tom@example.com" },
  { path: "/nowhere", text: "not_found_description", status: 404 },
  { path: "/nowhere/file.png", text: "not_found_description", status: 404, email: "tom@example.com" },
];

for (const { path, text, status = 200, email } of kinds)
  test(`the first HTML of ${path} says its language and speaks it, by choice or by preference`, async ({
    page,
  }) => {
    if (email !== undefined) await loginAs(page, email);
    for (const language of ["en", "de"] as const)
      for (const [preferred, cookie] of [
        [language, ""],
        [other[language], `calcom_locale=${language}`],
      ] as const) {
        const answer = await firstHtml(page.request, path, preferred, cookie);
        expect(answer.status, path).toBe(status);
        expect(answer.lang).toBe(language);
        expect(answer.html).toContain(texts[language][text]);
        if (email !== undefined) expect(answer.html).toContain(texts[language].nav_main);
      }
  });

for (const path of ["/landing/sticky-control", "/site/de/pricing", "/site/de", "/api/nothing"])
  test(`${path} is no page in any language`, async ({ page }) => {
    const answer = await firstHtml(page.request, path, "de");
    expect(answer).toMatchObject({ status: 404, lang: "de" });
    expect(answer.html).toContain(texts.de.not_found_title);
  });

async function firstHtml(request: APIRequestContext, path: string, preferred: Language, chosen = "") {
  const { cookies } = await request.storageState();
  const cookie = [...cookies.map(({ name, value }) => `${name}=${value}`), chosen].join("; ");
  const answer = await request.get(path, { headers: { "accept-language": preferred, cookie } });
  const html = await answer.text();
  return { status: answer.status(), html, lang: /<html lang="(\w+)"/.exec(html)?.[1] };
}

for (const language of ["en", "de"] as const)
  test(
    `a browser that reads ${language} is sent no text of another language, and its own once`,
    unlessAlways(language === "de"),
    async ({ page, context }) => {
      const scripts = new Set<string>();
      let requests = 0;
      page.on("response", (response) => {
        if (response.request().resourceType() !== "script") return;
        requests++;
        scripts.add(response.url());
      });
      await read(context, language);
      await loginAs(page, "admin@example.com");
      for (const path of ["/", "/login", "/nowhere", "/settings/admin/experiments"]) {
        await page.goto(path);
        await page.waitForLoadState("networkidle");
      }
      // Read apart: what a page is still loading when it is left has no body.
      const bodies = await Promise.all([...scripts].map(async (url) => (await page.request.get(url)).text()));
      const holding = (marker: string) => bodies.filter((body) => body.includes(marker)).length;
      const [mine, theirs] = [texts[language], texts[other[language]]];
      expect(requests).toBeGreaterThan(10);
      expect(holding(mine.pricing_answer_seat ?? "")).toBe(1);
      expect(holding(theirs.pricing_answer_seat ?? "")).toBe(0);
      expect(holding("Mit dieser Adresse gibt es schon ein Konto.")).toBe(language === "de" ? 1 : 0);
    },
  );

test("who is not signed in chooses a language on the page, and goes on in it", async ({ page }) => {
  const watched = await watch(page);
  await page.goto("/");
  await page.getByRole("button", { name: "Deutsch" }).click();
  await expect(page.getByText(texts.de.landing_lede ?? "")).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await page.getByRole("banner").getByRole("link", { name: "Preise" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Preise");
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Preise");
  expect(watched.problems).toEqual([]);
});

test("another language leaves what was typed", long, async ({ page }) => {
  await page.goto("/login");
  await page.getByLabel("Email").fill("ida@example.com");
  await page.getByRole("button", { name: "Deutsch" }).click();
  await expect(page.getByLabel("Passwort")).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await expect(page.getByLabel("E-Mail")).toHaveValue("ida@example.com");
});
