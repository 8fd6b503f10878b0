import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { findChromium } from "@calcom/scripts/chromium";
import { type BrowserContext, chromium, type Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { CHROME } from "./person-browser";

/**
 * The whole browser, in a profile of its own. Of its settings, `cookies: 2` keeps none. What a whole browser fetches ahead
 * is not under Playwright's user agent, and would be a bot's.
 */
export async function launchWhole(
  { baseURL, settings = {} }: { baseURL: string; settings?: object },
  run: (context: BrowserContext) => Promise<void>,
): Promise<void> {
  const profile = mkdtempSync(path.join(tmpdir(), "profile-"));
  mkdirSync(path.join(profile, "Default"));
  writeFileSync(
    path.join(profile, "Default", "Preferences"),
    JSON.stringify({ profile: { default_content_setting_values: settings } }),
  );
  const { launchOptions } = test.info().project.use;
  const context = await chromium.launchPersistentContext(profile, {
    ...launchOptions,
    executablePath: findChromium({ isWhole: true }) ?? undefined,
    args: [...(launchOptions?.args ?? []), `--user-agent=${CHROME}`],
    ignoreDefaultArgs: ["--disable-background-networking"],
    baseURL,
  });
  try {
    await run(context);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

/** Opens what a page of another site has had fetched, after `before`. */
export async function openAhead(page: Page, url: string, before: () => Promise<void>): Promise<void> {
  const rules = JSON.stringify({ prefetch: [{ urls: [url], eagerness: "immediate" }] });
  const foreign = http.createServer((_, response) => {
    response.setHeader("content-type", "text/html");
    response.end(`<script type="speculationrules">${rules}</script><a href="${url}">There</a>`);
  });
  await new Promise<void>((resolve) => foreign.listen(0, resolve));
  try {
    const session = await page.context().newCDPSession(page);
    const fetched = new Promise<void>((resolve) => {
      session.on("Preload.prefetchStatusUpdated", ({ status }) => {
        if (status === "Ready") resolve();
      });
    });
    await session.send("Preload.enable");
    await page.goto(`http://localhost:${(foreign.address() as AddressInfo).port}/`);
    await fetched;
    await before();
    await page.getByRole("link").click();
    await page.waitForURL(url);
    const delivery = await page.evaluate(() => {
      const [navigation] = performance.getEntriesByType("navigation");
      return (navigation as unknown as { deliveryType: string }).deliveryType;
    });
    expect(delivery).toBe("navigational-prefetch");
  } finally {
    foreign.closeAllConnections();
    foreign.close();
  }
}
