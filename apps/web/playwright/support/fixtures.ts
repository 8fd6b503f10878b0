import { LONG } from "@calcom/lib/env-of-tests";
import { test as base, expect, type Page } from "@playwright/test";
import { testEnv } from "./test-env";

export { expect } from "@playwright/test";
export { testEnv } from "./test-env";
export { startWebServer, type TestWebServer } from "./web-server";

/** Of one corner of a sweep: `npm test` tries those that are always run, and `npm test -- --whole` all. */
export function unlessAlways(isAlways: boolean): { tag: string[] } {
  return isAlways ? { tag: [] } : long;
}

/** Of a journey whose rules an integration test holds too: only `npm test -- --whole` walks it. */
export const long = { tag: [LONG] };

/** Playwright's `test`, whose pages and requests go to the run's server. */
export const test = base.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from the pattern
  baseURL: async ({}, use) => {
    await use(testEnv().baseUrl);
  },
});

/**
 * Signs a person of the demo in, by the same endpoint as the form and without drawing it. The page's context keeps the
 * session; whoever was signed in before is replaced.
 */
export async function loginAs(
  page: Page,
  email: string,
  options: { baseUrl?: string; password?: string } = {},
) {
  const baseUrl = options.baseUrl ?? testEnv().baseUrl;
  const csrf: { csrfToken: string } = await (await page.request.get(`${baseUrl}/api/auth/csrf`)).json();
  const answer = await page.request.post(`${baseUrl}/api/auth/callback/credentials`, {
    form: {
      csrfToken: csrf.csrfToken,
      email,
      password: options.password ?? testEnv().password,
      callbackUrl: baseUrl,
      json: "true",
    },
  });
  expect(answer.status(), `${email} was not signed in: ${await answer.text()}`).toBe(200);
}
