import { type PostHogSink, startPostHogSink } from "@calcom/features/experiments/testing/posthog-sink";
import type { Page } from "@playwright/test";
import { expect, loginAs, startWebServer, type TestWebServer, test, testEnv } from "./support/fixtures";
import { demoPages, settled } from "./support/pages";
import { aPersonsBrowser } from "./support/person-browser";

declare global {
  interface Window {
    violationsOfTest?: string[];
  }
}

let sink: PostHogSink;
let server: TestWebServer;
test.beforeAll(async () => {
  sink = await startPostHogSink();
  server = await startWebServer({
    databaseUrl: testEnv().databaseUrl,
    env: { POSTHOG_KEY: sink.key, POSTHOG_HOST: sink.url },
  });
});
test.afterAll(async () => {
  await server.stop();
  await sink.close();
});

/** Whatever the policy has refused, on the page that is open. */
const violations = (page: Page) => page.evaluate(() => window.violationsOfTest ?? ["nobody listened"]);

for (const colorScheme of ["light", "dark"] as const) {
  test(`no page breaks its policy, with PostHog on, in ${colorScheme}`, async ({ browser }) => {
    const context = await aPersonsBrowser(browser);
    await context.addInitScript(() => {
      window.violationsOfTest = [];
      document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sample }) => {
        window.violationsOfTest?.push(`${effectiveDirective}: ${blockedURI} ${sample}`);
      });
    });
    const page = await context.newPage();
    await page.emulateMedia({ colorScheme });
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (/content.security.policy/i.test(message.text())) complaints.push(message.text());
    });
    let reader: string | null = null;
    for (const { name, path, email } of demoPages) {
      if (email !== null && email !== reader) {
        await loginAs(page, email, { baseUrl: server.baseUrl });
        reader = email;
      }
      const answer = await page.goto(server.baseUrl + path);
      const policy = answer?.headers()["content-security-policy"] ?? "";
      expect(policy, name).toMatch(/script-src 'self' '(?:nonce|sha256)-/);
      expect(/script-src [^;]*/.exec(policy)?.[0], name).not.toContain("unsafe");
      await settled(page);
      expect.soft(await violations(page), name).toEqual([]);
      // Set by a script, before anything was painted.
      await expect(page.locator("html"), name).toHaveClass(new RegExp(`\\b${colorScheme}\\b`));
    }
    expect(complaints).toEqual([]);
    await expect.poll(() => sink.events("$identify").length).toBeGreaterThan(0);
    await context.close();
  });
}

test("the policy holds: what somebody smuggles into a page does not run", async ({ page }) => {
  for (const path of ["/", "/pricing"]) {
    await page.goto(server.baseUrl + path);
    const ran = await page.evaluate(async () => {
      const refused = new Promise<string>((resolve) =>
        document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective)),
      );
      document.body.insertAdjacentHTML("beforeend", `<img src="x" onerror="window.smuggled = 1">`);
      const script = document.createElement("script");
      script.textContent = "window.smuggled = 2";
      document.body.append(script);
      return { refused: await refused, smuggled: "smuggled" in window };
    });
    expect(ran, path).toEqual({ refused: expect.stringMatching(/^script-src/), smuggled: false });
  }
});
