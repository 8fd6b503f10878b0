import type { Page } from "@playwright/test";
import { expect, loginAs, long } from "./support/fixtures";
import { addTeam, UPGRADE, unsentEvents } from "./support/tracked-server";
import { HEADLINES, patiently, trackedTest } from "./support/tracked-test";

/** Whoever waited for a PostHog that hangs would wait for two tries of three seconds. */
const PATIENCE_MS = 5_000;

const test = trackedTest();

test(
  "a server killed between the row and the sending: the event arrives after the restart, once",
  long,
  async ({ page, server }) => {
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
  },
);

for (const mode of ["refuse", "hang", "fail"] as const) {
  test(
    `with PostHog in the mode ${mode} every page works, and the events arrive once it is back`,
    long,
    async ({ page, server }) => {
      const person = await server.signUp(`Down-${mode}`);
      await addTeam(server, `team-${mode}`, person.email);
      const viewed = server.sink.events("experiment_viewed").length;
      await server.sink.setMode(mode);
      const errors = collectErrors(page);
      await page.goto(`${server.baseUrl}/`);
      await expect(page.getByRole("heading", { level: 1, name: HEADLINES })).toBeVisible();
      await loginAs(page, person.email, { baseUrl: server.baseUrl, password: person.password });
      for (const path of ["/", "/pricing", `/teams/team-${mode}`, "/settings/billing"]) {
        // Each page has a running experiment and reports an exposure, except /pricing: its experiment is paused.
        const isSeen = path === "/pricing" ? null : page.waitForRequest("**/api/experiments/exposures");
        const response = await page.goto(`${server.baseUrl}${path}`);
        await isSeen;
        expect(response?.status(), path).toBe(200);
        expect(response?.request().timing().responseStart, `${path} does not wait for PostHog`).toBeLessThan(
          PATIENCE_MS,
        );
      }
      // The server answers reports although PostHog does not respond.
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

test(
  "with PostHog blocked in the browser every page works, and experiment events arrive all the same",
  long,
  async ({ context, page, server }) => {
    await context.route(/relay|posthog/i, (route) => route.abort("blockedbyclient"));
    const person = await server.signUp("Blocked");
    await loginAs(page, person.email, { baseUrl: server.baseUrl, password: person.password });
    const before = server.sink.events().length;
    await page.goto(`${server.baseUrl}/settings/billing`);
    await page.getByRole("button", { name: UPGRADE }).click();
    await expect.poll(() => server.sink.events().length, patiently).toBe(before + 2);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  },
);

function collectErrors(of: Page): () => string[] {
  const errors: string[] = [];
  of.on("pageerror", (error) => errors.push(error.message));
  return () => errors;
}
