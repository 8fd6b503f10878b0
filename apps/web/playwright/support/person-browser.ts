import type { Browser, BrowserContext, BrowserContextOptions } from "@playwright/test";

// Playwright's Chromium says that it is headless, and bots get control.
export const CHROME =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

/** A browser as people have it: bots get control, and posthog-js drops whatever says that it is automated. */
export async function aPersonsBrowser(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({
    ...options,
    userAgent: CHROME,
  });
  await context.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, "webdriver", { get: () => false });
    Object.defineProperty(Navigator.prototype, "userAgentData", { get: () => undefined });
  });
  return context;
}

/** The id in the visitor's cookie. Empty where there is none: a question for null would find the rows of users. */
export async function readVisitorId(context: BrowserContext): Promise<string> {
  const cookie = (await context.cookies()).find(({ name }) => name === "cal_vid");
  return cookie?.value.split(".")[0] ?? "";
}
