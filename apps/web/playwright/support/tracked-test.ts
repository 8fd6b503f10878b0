import { test as base, expect } from "./fixtures";
import { aPersonsBrowser } from "./person-browser";
import { startTrackedServer, type TrackedServer, unsentEvents } from "./tracked-server";

export const HEADLINES = /Schedule meetings in seconds|The open-source Calendly alternative/;
export const patiently = { timeout: 60_000 };

/**
 * `test` for one file, which has a server and a PostHog of its own. Each test has a browser as people have it, and fails if
 * it leaves anything that was not sent, or that PostHog would drop.
 */
export function trackedTest() {
  let opened: TrackedServer;
  const test = base.extend<{ server: TrackedServer }>({
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from the pattern
    server: async ({}, use) => {
      await use(opened);
    },
    context: async ({ browser, server }, use) => {
      const context = await aPersonsBrowser(browser);
      await use(context);
      await context.close();
      await server.sink.setMode("ok");
      await expect.poll(() => unsentEvents(server), patiently).toBe(0);
      expect(server.sink.violations).toEqual([]);
    },
  });
  test.beforeAll(async () => {
    opened = await startTrackedServer();
  });
  test.afterAll(() => opened.stop());
  return test;
}
