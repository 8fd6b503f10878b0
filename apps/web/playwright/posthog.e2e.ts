import { personsOf } from "@calcom/features/experiments/testing/posthog-persons";
import type { BrowserContext, Page } from "@playwright/test";
import { expect, loginAs, test, unlessAlways } from "./support/fixtures";
import {
  addTeam,
  aPersonsBrowser,
  startTrackedServer,
  type TrackedServer,
  unsentEvents,
} from "./support/tracked-server";

const UPGRADE = /^(Manage Billing|Upgrade Now!)$/;
const HEADLINES = /Schedule meetings in seconds|The open-source Calendly alternative/;
/** Whoever waited for a PostHog that hangs would wait for two tries of three seconds. */
const PATIENCE_MS = 5_000;
const patiently = { timeout: 30_000 };

let server: TrackedServer;
let context: BrowserContext;
let page: Page;

test.beforeAll(async () => {
  server = await startTrackedServer();
});
test.afterAll(() => server.stop());
test.beforeEach(async ({ browser }) => {
  context = await aPersonsBrowser(browser);
  page = await context.newPage();
});
test.afterEach(async () => {
  await context.close();
  await server.sink.setMode("ok");
  await expect.poll(() => unsentEvents(server), patiently).toBe(0);
  expect(server.sink.violations).toEqual([]);
});

test("a visit, a login and work in a team arrive as one person, each event once", async () => {
  const { sink } = server;
  await page.goto(`${server.baseUrl}/`);
  await expect(page.getByRole("heading", { level: 1, name: HEADLINES })).toBeVisible();
  // The next page is loaded anew: it knows of this one what PostHog has kept, once its code is there.
  await expect.poll(() => storageOf(page), patiently).toContain("$feature/landing-hero-test");
  await page
    .getByRole("link", { name: /Get started/i })
    .first()
    .click();
  const visitorId = await visitorOf(page);
  await expect.poll(() => sink.events("experiment_conversion").length, patiently).toBe(1);

  const person = await server.signUp("Iris");
  const teamId = await addTeam(server, "iris-team", person.email);
  await loginAs(page, person.email, { baseUrl: server.baseUrl, password: person.password });
  await page.goto(`${server.baseUrl}/settings/billing`);
  await page.getByRole("button", { name: UPGRADE }).click();
  await page.goto(`${server.baseUrl}/teams/iris-team`);
  await expect(page.locator("[data-layout]")).toHaveCount(1);

  const { id: userId } = await server.database.prisma.user.findUniqueOrThrow({
    where: { email: person.email },
  });
  await expect.poll(() => sink.events("experiment_viewed").length, patiently).toBe(3);
  await expect.poll(() => sink.events("experiment_conversion").length, patiently).toBe(2);
  await expect.poll(() => sink.events("$identify").length, patiently).toBe(1);

  expect(sink.events("$identify")[0]).toMatchObject({
    sdk: "web",
    distinctId: String(userId),
    properties: {
      $anon_distinct_id: visitorId,
      "$feature/landing-hero-test": await variantOf("landing-hero-test"),
    },
  });
  const told = sink.events().filter(({ event }) => event.startsWith("experiment_"));
  const rows = await server.database.prisma.experimentVariant.findMany({ include: { conversions: true } });
  expect(told).toHaveLength(rows.length + rows.flatMap(({ conversions }) => conversions).length);
  for (const row of rows) {
    const ofRow = told.filter(({ properties }) => properties.experiment_slug === row.experimentSlug);
    const subject = row.teamId
      ? { team_id: teamId, $groups: { team: String(teamId) } }
      : row.userId
        ? { user_id: userId }
        : { visitor_id: visitorId };
    for (const { properties, sdk, uuid } of ofRow) {
      expect(properties).toMatchObject({
        ...subject,
        experiment_slug: row.experimentSlug,
        variant: row.variant,
        assignment_type: "deterministic",
        [`$feature/${row.experimentSlug}`]: row.variant,
      });
      expect(sdk).toBe("posthog-node");
      expect(sink.copiesOf(uuid)).toBe(1);
    }
    const viewed = ofRow.find(({ event }) => event === "experiment_viewed");
    expect(viewed?.timestamp).toEqual(row.exposedAt);
  }
});

test("an experiment that asks for it leaves its variant on the person, by both SDKs, and no other does", async () => {
  const { sink, database } = server;
  const slugs = ["landing-hero-test", "upgrade-button-test", "dashboard-layout-v2"];
  await database.pool.query(
    `UPDATE "Feature" SET "metadata" = "metadata" || '{"setPersonProperties": true}' WHERE "slug" = ANY($1)`,
    [slugs],
  );
  const person = await server.signUp("Pia");
  await addTeam(server, "pia-team", person.email);
  // As a visitor first, whose events make no person, and joined afterwards.
  await page.goto(`${server.baseUrl}/`);
  await expect.poll(() => storageOf(page), patiently).toContain("$feature/landing-hero-test");
  const visitorId = await visitorOf(page);
  await loginAs(page, person.email, { baseUrl: server.baseUrl, password: person.password });
  await page.goto(`${server.baseUrl}/settings/billing`);
  await page.getByRole("button", { name: UPGRADE }).click();
  await page.goto(`${server.baseUrl}/teams/pia-team`);
  await expect(page.locator("[data-layout]")).toHaveCount(1);
  const { id } = await database.prisma.user.findUniqueOrThrow({ where: { email: person.email } });
  const own = () => sink.events().filter(({ distinctId }) => [String(id), visitorId].includes(distinctId));
  await expect.poll(() => own().some(({ event }) => event === "$identify"), patiently).toBe(true);
  await expect.poll(() => unsentEvents(server), patiently).toBe(0);

  const { variant } = await database.prisma.experimentVariant.findFirstOrThrow({
    where: { experimentSlug: "upgrade-button-test", userId: id },
  });
  const [found, ...others] = personsOf(own());
  expect(others).toEqual([]);
  expect(found?.distinctIds).toEqual(new Set([String(id), visitorId]));
  const experimentProperties = Object.entries(found?.properties ?? {}).filter(([name]) =>
    name.startsWith("experiment_"),
  );
  expect(experimentProperties).toEqual([["experiment_upgrade-button-test", variant]]);
  // The browser's SDK names people and never says what they are in: that could be anybody's word.
  const fromBrowser = own().filter(({ sdk }) => sdk === "web");
  expect(fromBrowser.length).toBeGreaterThan(0);
  for (const { properties } of fromBrowser)
    expect(JSON.stringify([properties.$set, properties.$set_once])).not.toContain("experiment_");

  await database.pool.query(
    `UPDATE "Feature" SET "metadata" = "metadata" || '{"setPersonProperties": false}' WHERE "slug" = ANY($1)`,
    [slugs],
  );
  const next = await server.signUp("Quinn");
  await loginAs(page, next.email, { baseUrl: server.baseUrl, password: next.password });
  await page.goto(`${server.baseUrl}/settings/billing`);
  await page.getByRole("button", { name: UPGRADE }).click();
  const nextId = (await database.prisma.user.findUniqueOrThrow({ where: { email: next.email } })).id;
  const ofNext = () =>
    sink.events("experiment_viewed").filter(({ distinctId }) => distinctId === `${nextId}`);
  await expect.poll(() => ofNext().length, patiently).toBe(1);
  expect(ofNext()[0]?.properties).not.toHaveProperty("$set");
});

test("ten tabs, reloads, mounts on one page, and back and forth are one view", async () => {
  const person = await server.signUp("Tabs");
  await loginAs(page, person.email, { baseUrl: server.baseUrl, password: person.password });
  const before = server.sink.events("experiment_viewed").length;
  const tabs = await Promise.all(Array.from({ length: 10 }, () => context.newPage()));
  await Promise.all(tabs.map((tab) => tab.goto(`${server.baseUrl}/settings/billing`)));
  for (const tab of tabs) await expect(tab.getByRole("button", { name: UPGRADE })).toBeVisible();
  const [first] = tabs as [Page];
  await first.reload();
  // Without a load each time, so that the components mount again on the same page.
  for (let round = 0; round < 3; round++) {
    await first.getByRole("link", { name: "Profile" }).first().click();
    await expect(first).toHaveURL(/profile/);
    await first.evaluate(() => history.back());
    await expect(first.getByRole("button", { name: UPGRADE })).toBeVisible();
  }
  await first.goto(`${server.baseUrl}/pricing`);
  await first.evaluate(() => history.back());
  await expect(first.getByRole("button", { name: UPGRADE })).toBeVisible();
  await expect.poll(() => server.sink.events("experiment_viewed").length, patiently).toBe(before + 1);
  // Whatever the tabs still hold back goes when they are closed.
  await Promise.all(tabs.map((tab) => tab.close({ runBeforeUnload: false })));
  const { id } = await server.database.prisma.user.findUniqueOrThrow({ where: { email: person.email } });
  await expect.poll(() => unsentEvents(server), patiently).toBe(0);
  const ofPerson = server.sink.events("experiment_viewed").filter(({ distinctId }) => distinctId === `${id}`);
  expect(ofPerson).toHaveLength(1);
  expect(server.sink.copiesOf(ofPerson[0]?.uuid ?? "")).toBe(1);
});

test("a server killed between the row and the sending: the event arrives after the restart, once", async () => {
  test.setTimeout(120_000);
  const person = await server.signUp("Kim");
  await loginAs(page, person.email, { baseUrl: server.baseUrl, password: person.password });
  await server.sink.setMode("hang");
  await page.goto(`${server.baseUrl}/settings/billing`);
  await expect.poll(() => unsentEvents(server), patiently).toBe(1);
  await server.kill();
  await server.sink.setMode("ok");
  const { id } = await server.database.prisma.user.findUniqueOrThrow({ where: { email: person.email } });
  const ofPerson = () =>
    server.sink.events("experiment_viewed").filter(({ distinctId }) => distinctId === String(id));
  expect(ofPerson()).toEqual([]);
  await server.restart();
  // Nobody visits: the sweeper finds it, once the lease of the dead has run out.
  await expect.poll(() => ofPerson().length, { timeout: 60_000 }).toBe(1);
  expect(server.sink.copiesOf(ofPerson()[0]?.uuid ?? "")).toBe(1);
});

for (const mode of ["refuse", "hang", "fail"] as const) {
  test(
    `with PostHog in the mode ${mode} every page works, and the events arrive once it is back`,
    unlessAlways(mode === "hang"),
    async () => {
      const person = await server.signUp(`Down-${mode}`);
      await addTeam(server, `team-${mode}`, person.email);
      const viewed = server.sink.events("experiment_viewed").length;
      await server.sink.setMode(mode);
      const errors = collectErrors(page);
      await page.goto(`${server.baseUrl}/`);
      await expect(page.getByRole("heading", { level: 1, name: HEADLINES })).toBeVisible();
      await loginAs(page, person.email, { baseUrl: server.baseUrl, password: person.password });
      for (const path of ["/", "/pricing", `/teams/team-${mode}`, "/settings/billing"]) {
        // What runs on a page is reported; the prices are paused.
        const isSeen = path === "/pricing" ? null : page.waitForRequest("**/api/experiments/exposures");
        const response = await page.goto(`${server.baseUrl}${path}`);
        await isSeen;
        expect(response?.status(), path).toBe(200);
        expect(response?.request().timing().responseStart, `${path} waits for nobody`).toBeLessThan(
          PATIENCE_MS,
        );
      }
      // Both reports were answered while PostHog answers nobody.
      const conversion = page.waitForResponse((response) =>
        response.url().endsWith("/experiments/conversions"),
      );
      await page.getByRole("button", { name: UPGRADE }).click();
      expect((await conversion).status()).toBe(204);
      await (await conversion).finished();
      expect((await conversion).request().timing().responseEnd).toBeLessThan(PATIENCE_MS);
      await expect.poll(() => unsentEvents(server), patiently).toBe(4);
      expect(errors()).toEqual([]);
      await server.sink.setMode("ok");
      await expect.poll(() => unsentEvents(server), { timeout: 40_000 }).toBe(0);
      expect(server.sink.events("experiment_viewed")).toHaveLength(viewed + 3);
      for (const { uuid, event } of server.sink.events())
        if (event.startsWith("experiment_")) expect(server.sink.copiesOf(uuid)).toBe(1);
    },
  );
}

test("with PostHog blocked in the browser every page works, and experiment events arrive all the same", async () => {
  await context.route(/relay|posthog/i, (route) => route.abort("blockedbyclient"));
  const person = await server.signUp("Blocked");
  await loginAs(page, person.email, { baseUrl: server.baseUrl, password: person.password });
  const before = server.sink.events().length;
  await page.goto(`${server.baseUrl}/settings/billing`);
  await page.getByRole("button", { name: UPGRADE }).click();
  await expect.poll(() => server.sink.events().length, patiently).toBe(before + 2);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});

test("the browser speaks to this site alone, and no cookie of it reaches PostHog", async () => {
  const person = await server.signUp("Cora");
  const foreign: string[] = [];
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== server.baseUrl) foreign.push(request.url());
  });
  const relayed = page.waitForRequest((request) => request.url().includes("/api/relay/"));
  await loginAs(page, person.email, { baseUrl: server.baseUrl, password: person.password });
  await page.goto(`${server.baseUrl}/settings/billing`);
  const response = await (await relayed).response();
  expect(response?.status()).toBe(200);
  expect((await relayed).redirectedFrom()).toBeNull();
  expect(foreign).toEqual([]);
  // The sink holds every request with a cookie for a violation, which is asserted after each test.
  expect((await relayed).headers()).not.toHaveProperty("authorization");
  expect(server.sink.requests.filter(({ path }) => path === "/e/").length).toBeGreaterThan(0);
  expect(server.sink.requests.filter(({ path }) => !/^\/(e|batch)\/$/.test(path))).toEqual([]);
});

test("a page's address with a slash at its end leads to the one without", async ({ request }) => {
  for (const path of ["/pricing", "/settings/billing"]) {
    const answer = await request.get(`${server.baseUrl}${path}/?from=mail`, { maxRedirects: 0 });
    expect(answer.status()).toBe(308);
    expect(new URL(answer.headers().location ?? "", server.baseUrl).href).toBe(
      `${server.baseUrl}${path}?from=mail`,
    );
  }
});

async function visitorOf(of: Page): Promise<string> {
  const cookie = (await of.context().cookies()).find(({ name }) => name === "cal_vid");
  return cookie?.value.split(".")[0] ?? "";
}

function storageOf(of: Page): Promise<string> {
  return of.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
}

async function variantOf(experimentSlug: string): Promise<string> {
  const row = await server.database.prisma.experimentVariant.findFirstOrThrow({ where: { experimentSlug } });
  return row.variant;
}

function collectErrors(of: Page): () => string[] {
  const errors: string[] = [];
  of.on("pageerror", (error) => errors.push(error.message));
  return () => errors;
}
