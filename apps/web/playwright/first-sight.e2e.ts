import { aConfig } from "@calcom/features/experiments/testing";
import { sized } from "@calcom/lib/env-of-tests";
import type { Page } from "@playwright/test";
import { expect, test, unlessAlways } from "./support/fixtures";
import { gate } from "./support/gate";
import { type OwnServer, startOwnServer } from "./support/own-server";
import { CHROME, readVisitorId } from "./support/person-browser";
import { launchWhole, openAhead } from "./support/whole-browser";

const RENDERED = { path: "/pricing", slug: "pricing-tiers", variants: ["control", "variant-a", "variant-b"] };
const STATIC = { path: "/", slug: "landing-hero-test", variants: ["control", "benefit-focused"] };
const PAGES = [RENDERED, STATIC];
const LOADS = sized({ always: 4, whole: 10 });
const SECRET = "a-secret-of-at-least-thirty-two-characters";

// Some start a whole browser of their own, and open a page a dozen times.
let server: OwnServer;
test.beforeAll(async () => {
  server = await startOwnServer({ env: { EXPERIMENTS_JOBS_SECRET: SECRET } });
});
test.afterAll(() => server.stop());

/** Nobody has ever taken part. Control has no share: whoever sees it was not assigned. */
test.beforeEach(async () => {
  const { prisma } = server.database;
  await prisma.experimentVariant.deleteMany();
  for (const { slug, variants } of PAGES) {
    const [control = "", ...others] = variants;
    const weights = Object.fromEntries([[control, 0], ...others.map((name) => [name, 100 / others.length])]);
    const config = aConfig({
      unit: "visitor",
      salt: slug,
      variants: variants.map((name) => ({ name, percentage: weights[name] ?? 0 })),
    });
    await prisma.feature.upsert({
      where: { slug },
      update: {},
      create: {
        slug,
        type: "EXPERIMENT",
        enabled: true,
        metadata: { ...config },
        epochs: { create: { number: config.epoch, weights, trafficPercentage: 100 } },
      },
    });
  }
});

const rowsOf = (slug: string) =>
  server.database.prisma.experimentVariant.findMany({ where: { experimentSlug: slug } });

/** A day later. */
async function sweep(): Promise<void> {
  await server.database.pool.query(
    `UPDATE "ExperimentVariant" SET "assignedAt" = "assignedAt" - interval '25 hours'`,
  );
  const answer = await fetch(`${server.baseUrl}/api/experiments/jobs`, {
    method: "POST",
    headers: { authorization: `Bearer ${SECRET}` },
  });
  expect(await answer.json()).toMatchObject({ hasRun: true });
}

/** What the page shows, by its own words: null is control. */
async function shownOn(page: Page, { slug }: { slug: string }): Promise<string | null> {
  if (slug === STATIC.slug) {
    const headline = await page.getByRole("heading", { level: 1 }).textContent();
    return headline === "Schedule meetings in seconds" ? "benefit-focused" : null;
  }
  const price = await page.getByTestId("price-individual").first().textContent();
  return { $12: "variant-a", $8: "variant-b" }[price ?? ""] ?? null;
}

const reportOn = (page: Page) => page.waitForResponse("**/api/experiments/exposures");

for (const tried of PAGES) {
  const { path: address, slug } = tried;

  test(
    `${address} in a browser that keeps no cookie is counted by nobody, is control once it was opened from here, and leaves nothing`,
    unlessAlways(slug !== STATIC.slug),
    async () => {
      await launchWhole({ baseURL: server.baseUrl, settings: { cookies: 2 } }, async (context) => {
        const page = await context.newPage();
        for (let load = 0; load < LOADS; load++) {
          const reported = reportOn(page);
          await page.goto(address);
          expect(await shownOn(page, tried)).not.toBeNull();
          expect((await reported).status()).toBe(204);
        }
        for (let next = 0; next < 2; next++) {
          await Promise.all([
            page.waitForEvent("load"),
            page.evaluate(() => window.location.assign(window.location.href)),
          ]);
          expect(await shownOn(page, tried)).toBeNull();
        }
        await page.waitForLoadState("networkidle");
      });
      const rows = await rowsOf(slug);
      expect(rows).toHaveLength(LOADS);
      expect(rows.filter(({ exposedAt }) => exposedAt !== null)).toEqual([]);
      expect(await numberOf(slug)).toBe(0);
      await sweep();
      expect(await rowsOf(slug)).toEqual([]);
    },
  );

  test(
    `${address} that another site fetched ahead shows a variant, and is counted once it is opened`,
    unlessAlways(slug === STATIC.slug),
    async () => {
      await launchWhole({ baseURL: server.baseUrl }, async (context) => {
        const page = await context.newPage();
        await openAhead(page, server.baseUrl + address, async () => {
          expect(await rowsOf(slug)).toEqual([]);
        });
        const shown = await shownOn(page, tried);
        expect(shown).not.toBeNull();
        await expect.poll(async () => (await rowsOf(slug))[0]?.exposedAt ?? null).not.toBeNull();
        expect(await rowsOf(slug)).toMatchObject([
          { visitorId: await readVisitorId(context), variant: shown },
        ]);
        await page.reload();
        expect(await shownOn(page, tried)).toBe(shown);
        expect(await numberOf(slug)).toBe(1);
      });
    },
  );

  test(
    `three first tabs of ${address} are one visitor, who is the cookie's`,
    unlessAlways(slug === STATIC.slug),
    async ({ browser }) => {
      const context = await browser.newContext({ baseURL: server.baseUrl, userAgent: CHROME });
      const tabs = await Promise.all([1, 2, 3].map(() => context.newPage()));
      // No answer before all have asked, and no report before all are there.
      const [asked, loaded] = [gate(tabs.length), gate(tabs.length)];
      await context.route(server.baseUrl + address, async (route) => {
        await asked.pass();
        await route.continue();
      });
      await context.route("**/api/experiments/exposures", async (route) => {
        await loaded.isOpen;
        await route.continue();
      });
      const reported = tabs.map(reportOn);
      await Promise.all(
        tabs.map(async (tab) => {
          await tab.goto(address);
          await loaded.pass();
        }),
      );
      for (const report of reported) expect((await report).status()).toBe(204);
      const rows = await rowsOf(slug);
      expect(rows).toHaveLength(3);
      const [counted, ...others] = rows.filter(({ exposedAt }) => exposedAt !== null);
      expect(others).toEqual([]);
      expect(counted?.visitorId).toBe(await readVisitorId(context));
      expect(await numberOf(slug)).toBe(1);
      await context.unrouteAll();
      for (const tab of tabs) {
        await tab.reload();
        expect(await shownOn(tab, tried)).toBe(counted?.variant);
      }
      await sweep();
      expect(await rowsOf(slug)).toMatchObject([{ id: counted?.id }]);
      await context.close();
    },
  );

  test(`${address} in a tab that nobody looks at is seen once somebody does`, async ({ browser }) => {
    const context = await browser.newContext({ baseURL: server.baseUrl, userAgent: CHROME });
    const page = await context.newPage();
    await page.addInitScript(() => {
      const isHidden = () => document.documentElement?.dataset.looked === undefined;
      Object.defineProperty(document, "hidden", { get: isHidden });
    });
    await page.goto(address);
    await page.waitForLoadState("networkidle");
    expect(await rowsOf(slug)).toMatchObject([{ exposedAt: null }]);
    const reported = reportOn(page);
    await page.evaluate(() => {
      document.documentElement.dataset.looked = "";
      document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    });
    await reported;
    expect(await rowsOf(slug)).not.toMatchObject([{ exposedAt: null }]);
    await context.close();
  });

  test(`a HEAD of ${address} is answered, and stores nothing`, async () => {
    const agent = { "user-agent": CHROME, "sec-fetch-dest": "document", "sec-fetch-site": "none" };
    const first = await fetch(`${server.baseUrl}/privacy`, { headers: agent });
    const cookie = first.headers.get("set-cookie")?.split(";")[0] ?? "";
    for (const headers of [agent, { ...agent, cookie }]) {
      const answer = await fetch(server.baseUrl + address, { method: "HEAD", headers });
      expect([answer.status, answer.headers.get("set-cookie")]).toEqual([200, null]);
    }
    expect(await rowsOf(slug)).toEqual([]);
  });
}

/** As the list of experiments has it. */
async function numberOf(slug: string): Promise<number> {
  const { createExperimentsModule } = await import("@calcom/features/experiments/server");
  const module = createExperimentsModule({ database: server.database, isJob: true });
  const { id: userId } = await server.database.prisma.user.findFirstOrThrow({ where: { role: "ADMIN" } });
  const { total } = await module.admin.catalog.readStats({ userId }, slug);
  expect(total.exposed).toBe(total.assigned);
  return total.assigned;
}
