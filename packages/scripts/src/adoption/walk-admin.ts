import assert from "node:assert/strict";
import type { ConsoleMessage, Page } from "@playwright/test";
import { walkFlags } from "./walk-flags";

export interface AdminWalk {
  /** Of somebody who may do everything, in English. */
  page: Page;
  /** Where the application has mounted the administration. */
  adminUrl: string;
  /** Of the experiment that is made on the way; nothing may have it yet. */
  slug?: string;
  /** A flag that the application has had before, and that is off. */
  flag?: string | null;
}

const NARROW = { width: 390, height: 844 };
const PATIENCE_MS = 60_000;

/**
 * Goes through the administration as an application has mounted it: an experiment from the idea to its end, by the
 * names of what is on the pages. Returns what was done; fails on any error in the console, and on any violation of the
 * application's policy.
 */
export async function walkAdmin({
  page,
  adminUrl,
  slug = "walked-through",
  flag = null,
}: AdminWalk): Promise<string[]> {
  const complaints = await listen(page);
  page.setDefaultTimeout(PATIENCE_MS);
  const root = adminUrl.replace(/\/+$/, "");
  await create(page, root, slug);
  await runAndRead(page);
  await conclude(page);
  await visitOthers(page, root, slug);
  const ofFlags = await walkFlags({ page, flag });
  await lookAtNarrow(page, [
    root,
    `${root}/-/flags`,
    `${root}/new`,
    `${root}/${slug}`,
    `${root}/${slug}?tab=setup`,
  ]);
  assert.deepEqual(complaints, [], "The browser complained.");
  return [
    "an experiment was created, started, paused and concluded by clicks",
    "its results, settings, activity and report were read, and who may do what",
    ofFlags,
    "no page has to be scrolled sideways at 390 pixels",
    "no error in the console, and no violation of the policy",
  ];
}

/** What a strict policy refuses is an error in the console, and an event for whoever wants to know what it was. */
async function listen(page: Page): Promise<string[]> {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message: ConsoleMessage) => {
    if (message.type() === "error" || message.text().startsWith(VIOLATION)) complaints.push(message.text());
  });
  await page.addInitScript((prefix) => {
    document.addEventListener("securitypolicyviolation", (event) =>
      console.warn(`${prefix} ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`),
    );
  }, VIOLATION);
  return complaints;
}

const VIOLATION = "Violation of the policy:";

async function create(page: Page, root: string, slug: string): Promise<void> {
  await page.goto(root);
  await heading(page, "Experiments");
  await page.getByRole("link", { name: "New experiment" }).first().click();
  await heading(page, "New experiment");
  await page.getByLabel("Name", { exact: false }).first().fill("Walked through");
  await page.getByLabel("Slug").fill(slug);
  await page.getByLabel("Name of variant 2").fill("urgent");
  await page.getByLabel("Client-side conversion events").fill("clicked");
  await page.getByLabel("Client-side conversion events").press("Enter");
  await page.getByRole("button", { name: "Create draft" }).click();
  await page.waitForURL((url) => url.pathname.endsWith(`/${slug}`));
  await heading(page, "Walked through");
  // Said by the page before, which is gone by now.
  await page.getByText("Created Walked through as a draft").waitFor();
}

async function runAndRead(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Start experiment…", exact: true }).click();
  const dialog = page.getByRole("alertdialog").or(page.getByRole("dialog"));
  await dialog.getByRole("button", { name: /^Start (experiment|anyway)$/ }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByText("Running").first().waitFor();
  for (const tab of ["Setup", "Activity", "Results"]) {
    await page.getByRole("tab", { name: tab, exact: true }).click();
    await page.getByRole("tabpanel", { name: tab, exact: true }).waitFor();
  }
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await page.getByText("Paused").first().waitFor();
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await page.getByText("Running").first().waitFor();
}

async function conclude(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Conclude…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: "urgent", exact: true }).click();
  await dialog.getByRole("radio", { name: "Concluded for another reason" }).click();
  await dialog.getByRole("textbox", { name: "What we learned" }).fill("It works within another application.");
  await dialog.getByRole("button", { name: "Conclude experiment" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByText("It works within another application.").first().waitFor();
  await page.getByText("Concluded").first().waitFor();
}

/** Links of the list, and the headings that they lead to. */
const OTHERS = {
  Activity: "Activity",
  Access: "Access",
  Metrics: "Metrics",
  "Look up a person": "Look up a person",
};

async function visitOthers(page: Page, root: string, slug: string): Promise<void> {
  await page.goto(`${root}/-/report/${slug}`);
  await heading(page, /Walked through/);
  await page.goto(root);
  await page.getByRole("link", { name: "Walked through" }).first().waitFor();
  for (const [name, title] of Object.entries(OTHERS)) {
    await page.getByRole("link", { name, exact: true }).first().click();
    await heading(page, title);
    await page.getByRole("link", { name: "Experiments", exact: true }).first().click();
    await heading(page, "Experiments");
  }
  await page
    .getByRole("button", { name: /^Actions for/ })
    .first()
    .click();
  await page.getByRole("menu").waitFor();
  await page.keyboard.press("Escape");
}

async function lookAtNarrow(page: Page, addresses: readonly string[]): Promise<void> {
  const wide = page.viewportSize();
  await page.setViewportSize(NARROW);
  for (const address of addresses) {
    await page.goto(address);
    await page.locator(".xp-root h1").first().waitFor();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert(width <= NARROW.width, `${address} is ${width} pixels wide.`);
  }
  if (wide !== null) await page.setViewportSize(wide);
}

/** One of ours: the application may have headings too. */
async function heading(page: Page, name: string | RegExp): Promise<void> {
  await page.locator(".xp-root").getByRole("heading", { level: 1, name }).waitFor();
}
