import { personsOf } from "@calcom/features/experiments/testing/posthog-persons";
import type { Page } from "@playwright/test";
import { expect, loginAs, long } from "./support/fixtures";
import { readVisitorId } from "./support/person-browser";
import { addTeam, type TrackedServer, UPGRADE, unsentEvents } from "./support/tracked-server";
import { HEADLINES, patiently, trackedTest } from "./support/tracked-test";

const test = trackedTest();

test("a visit, a login and work in a team arrive as one person, each event once", async ({
  context,
  page,
  server,
}) => {
  const { sink } = server;
  await page.goto(`${server.baseUrl}/`);
  await expect(page.getByRole("heading", { level: 1, name: HEADLINES })).toBeVisible();
  // The next page is loaded anew: it knows of this one what PostHog has kept, once its code is there.
  await expect.poll(() => storageOf(page), patiently).toContain("$feature/landing-hero-test");
  await page
    .getByRole("link", { name: /Get started/i })
    .first()
    .click();
  const visitorId = await readVisitorId(context);
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
      "$feature/landing-hero-test": await variantOf(server, "landing-hero-test"),
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

test(
  "an experiment that asks for it leaves its variant on the person, by both SDKs, and no other does",
  long,
  async ({ context, page, server }) => {
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
    const visitorId = await readVisitorId(context);
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
  },
);

test(
  "ten tabs, reloads, mounts on one page, and back and forth are one view",
  long,
  async ({ context, page, server }) => {
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
    const ofPerson = server.sink
      .events("experiment_viewed")
      .filter(({ distinctId }) => distinctId === `${id}`);
    expect(ofPerson).toHaveLength(1);
    expect(server.sink.copiesOf(ofPerson[0]?.uuid ?? "")).toBe(1);
  },
);

test("the browser speaks to this site alone, and no cookie of it reaches PostHog", async ({
  page,
  server,
}) => {
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

test("a page's address with a slash at its end leads to the one without", async ({ request, server }) => {
  for (const path of ["/pricing", "/settings/billing"]) {
    const answer = await request.get(`${server.baseUrl}${path}/?from=mail`, { maxRedirects: 0 });
    expect(answer.status()).toBe(308);
    expect(new URL(answer.headers().location ?? "", server.baseUrl).href).toBe(
      `${server.baseUrl}${path}?from=mail`,
    );
  }
});

function storageOf(of: Page): Promise<string> {
  return of.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
}

async function variantOf(server: TrackedServer, experimentSlug: string): Promise<string> {
  const row = await server.database.prisma.experimentVariant.findFirstOrThrow({ where: { experimentSlug } });
  return row.variant;
}
