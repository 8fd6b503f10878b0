import { createDatabase, type Database } from "@calcom/prisma";
import { findChromium } from "@calcom/scripts/chromium";
import { type BrowserContext, chromium } from "@playwright/test";
import { expect, long, test, testEnv, unlessAlways } from "./support/fixtures";
import { CHROME, readVisitorId } from "./support/person-browser";
import { watch } from "./support/watch-page";

test.use({ userAgent: CHROME });

/** How long reports are gathered. */
const BATCH_MS = 50;
const SLUG = "landing-hero-test";

let database: Database;
test.beforeAll(() => {
  database = createDatabase({ connectionString: testEnv().databaseUrl, max: 2 });
});
test.afterAll(() => database.close());

const rowsOf = async (context: BrowserContext) => {
  const visitorId = await readVisitorId(context);
  return database.prisma.experimentVariant.findMany({ where: { experimentSlug: SLUG, visitorId } });
};
const exposedAtOf = async (context: BrowserContext) => (await rowsOf(context))[0]?.exposedAt ?? null;

test("ten tabs and their reloads are one row, seen once", async ({ page, context }) => {
  await page.goto("/");
  await expect.poll(() => exposedAtOf(context)).not.toBeNull();
  const first = await exposedAtOf(context);
  const tabs = await Promise.all(Array.from({ length: 9 }, () => context.newPage()));
  await Promise.all(
    tabs.map(async (tab) => {
      const reported = tab.waitForResponse("**/api/experiments/exposures");
      await tab.goto("/");
      expect((await reported).status()).toBe(204);
    }),
  );
  const again = page.waitForResponse("**/api/experiments/exposures");
  await page.reload();
  await again;
  expect(await rowsOf(context)).toMatchObject([{ exposedAt: first }]);
});

test("one mount is one report, however often the page comes and goes", async ({ page, context }) => {
  const watched = await watch(page);
  const reported = page.waitForResponse("**/api/experiments/exposures");
  await page.goto("/");
  await reported;
  const first = await exposedAtOf(context);
  expect(watched.exposures).toHaveLength(1);
  for (let turn = 0; turn < 3; turn++) {
    await page.locator('a[href="/pricing"]').first().click();
    await expect(page).toHaveURL("/pricing");
    await page.evaluate(() => history.back());
    await expect(page).toHaveURL("/");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }
  // A page that is there again may say so again; it is the server that counts.
  await page.waitForLoadState("networkidle");
  expect(watched.exposures.length).toBeLessThanOrEqual(4);
  expect(await rowsOf(context)).toMatchObject([{ exposedAt: first }]);
});

test("a page that is left at once has been seen, and is counted", async () => {
  const { launchOptions } = test.info().project.use;
  // What a page sends as it goes is no longer under Playwright's user agent, and would be a bot's.
  const args = [...(launchOptions?.args ?? []), `--user-agent=${CHROME}`];
  const browser = await chromium.launch({ ...launchOptions, args });
  try {
    const context = await browser.newContext({ baseURL: testEnv().baseUrl });
    const page = await context.newPage();
    // The batch that would go out by itself never does, and its timer says that there is something to report.
    await page.addInitScript((batchMs) => {
      const original = window.setTimeout;
      window.setTimeout = ((task: TimerHandler, delay?: number, ...rest: unknown[]) => {
        if (delay !== batchMs) return original(task, delay, ...rest);
        document.documentElement.dataset.waiting = "true";
        return 0;
      }) as typeof setTimeout;
    }, BATCH_MS);
    await page.goto("/", { waitUntil: "commit" });
    await expect(page.locator("html[data-waiting]")).toBeAttached();
    await page.goto("about:blank");
    await expect.poll(() => exposedAtOf(context)).not.toBeNull();
  } finally {
    await browser.close();
  }
});

const LACKS = {
  "navigator.sendBeacon": "delete Navigator.prototype.sendBeacon",
  IntersectionObserver: "delete window.IntersectionObserver",
  BroadcastChannel: "delete window.BroadcastChannel",
  "navigator.locks": "delete Navigator.prototype.locks",
  "crypto.randomUUID": "delete Crypto.prototype.randomUUID",
  crypto: "Object.defineProperty(window, 'crypto', { value: undefined })",
  localStorage: forbidding("window", "localStorage"),
  sessionStorage: forbidding("window", "sessionStorage"),
  "document.cookie": forbidding("document", "cookie"),
};

/** What a browser lacks most often, and what is read first; lacking-browser.test.tsx has all of them in jsdom. */
const ALWAYS = new Set(["navigator.sendBeacon", "document.cookie"]);

function forbidding(object: string, name: string): string {
  return `Object.defineProperty(${object}, "${name}", { get() { throw new DOMException("Forbidden", "SecurityError"); } })`;
}

for (const [name, script] of Object.entries(LACKS)) {
  test(
    `a browser without ${name} shows the variant, and is counted`,
    unlessAlways(ALWAYS.has(name)),
    async ({ browser }) => {
      const context = await browser.newContext({ baseURL: testEnv().baseUrl, userAgent: CHROME });
      try {
        const page = await context.newPage();
        const watched = await watch(page);
        await page.addInitScript(script);
        const reported = page.waitForResponse("**/api/experiments/exposures");
        await page.goto("/");
        expect((await reported).status()).toBe(204);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await page
          .getByRole("link", { name: /Get started/i })
          .first()
          .click();
        await expect(page).toHaveURL(/signup/);
        expect(watched.problems).toEqual([]);
        expect(await exposedAtOf(context)).not.toBeNull();
      } finally {
        await context.close();
      }
    },
  );
}

test("a page from the back/forward cache says nothing again", long, async () => {
  const { launchOptions } = test.info().project.use;
  const browser = await chromium.launch({
    ...launchOptions,
    // The shell keeps no pages.
    executablePath: findChromium({ isWhole: true }) ?? undefined,
    ignoreDefaultArgs: ["--disable-back-forward-cache"],
  });
  try {
    const context = await browser.newContext({ baseURL: testEnv().baseUrl, userAgent: CHROME });
    const page = await context.newPage();
    const watched = await watch(page);
    const reported = page.waitForResponse("**/api/experiments/exposures");
    await page.goto("/");
    await reported;
    await page.evaluate(() => {
      addEventListener("pageshow", (event) => {
        document.body.dataset.restored = String(event.persisted);
      });
    });
    await page.goto("/login");
    await page.evaluate(() => history.back());
    await expect(page.locator("body[data-restored]")).toHaveAttribute("data-restored", "true");
    await page.waitForLoadState("networkidle");
    expect(watched.exposures).toHaveLength(1);
    expect(watched.problems).toEqual([]);
    expect(await rowsOf(context)).toHaveLength(1);
  } finally {
    await browser.close();
  }
});
