import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { Hands } from "./support/hands";
import { type ResultsServer, startResultsServer, verdict } from "./support/results-server";

// What four kinds of user come for, counted and timed, and printed as a table at the end.

const LIST = "/settings/admin/experiments";
const COUNTED = ["better", "split-off", "guardrail-worse", "before-end"] as const;
let server: ResultsServer;
const table: { task: string; interactions: number; seconds: number }[] = [];

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  server = await startResultsServer(COUNTED);
  // Two hundred in all.
  await server.database.pool.query(
    `INSERT INTO "Feature" ("slug", "type", "metadata", "updatedAt")
     SELECT 'many-' || n, 'EXPERIMENT', "metadata" || jsonb_build_object('name', 'Many ' || n, 'status', 'draft'),
       now() - interval '90 days'
     FROM generate_series(1, 196) AS n, (SELECT "metadata" FROM "Feature" WHERE "slug" = 'history-before-end') AS one`,
  );
});
test.afterAll(async () => {
  const lines = table.map(({ task, interactions, seconds }) => `| ${task} | ${interactions} | ${seconds} |`);
  process.stdout.write(`\n| task | interactions | seconds |\n|---|---|---|\n${lines.join("\n")}\n`);
  await server.stop();
});
test.beforeEach(async ({ page }) => {
  await server.login(page);
  for (const state of COUNTED) await server.countAgain(page, `history-${state}`);
});

/** Notes what a task took, and answers its interactions. */
function done(hands: Hands): number {
  const row = hands.done();
  table.push(row);
  return row.interactions;
}

const open = async (page: Page, path = LIST) => {
  await page.goto(`${server.baseUrl}${path}`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
};

test("a product manager starts a first measured experiment in at most twelve interactions and a minute", async ({
  page,
}) => {
  await open(page);
  const hands = new Hands("Product manager: first measured experiment");
  await hands.click(page.getByRole("link", { name: "New experiment" }).first());
  await hands.type(page.getByRole("textbox", { name: /^Name/ }).first(), "Shorter form");
  await hands.click(page.getByRole("combobox", { name: "Primary metric" }));
  await hands.click(page.getByRole("option", { name: "Upgrade", exact: true }));
  await hands.click(page.getByRole("button", { name: "Create draft" }));
  await page.waitForURL((url) => url.pathname.endsWith("/shorter-form"));
  await hands.click(page.getByRole("button", { name: "Start experiment" }));
  await hands.click(
    page.getByRole("alertdialog").getByRole("button", { name: /^Start (experiment|anyway)$/ }),
  );
  await expect(page.getByText("Running").first()).toBeVisible();
  expect(done(hands)).toBeLessThanOrEqual(12);
  expect(table.at(-1)?.seconds).toBeLessThan(60);
});

test("support answers why a customer sees that in at most three interactions from the list", async ({
  page,
}) => {
  await open(page);
  const hands = new Hands("Support: why does this customer see that");
  await hands.click(page.getByRole("link", { name: "Look up a person" }));
  await hands.enter(page.getByLabel("User, team or visitor"), server.admin.email);
  const entry = page
    .getByRole("listitem")
    .filter({ has: page.getByRole("link", { name: "Upgrade button" }) });
  await expect(entry.first()).toContainText(/Sees|Would see/);
  expect(done(hands)).toBeLessThanOrEqual(3);
});

test("support answers who has a flag, and why, in at most three interactions from the flags", async ({
  page,
}) => {
  const slug = "new-booker";
  await server.database.prisma.feature.create({ data: { slug, type: "RELEASE" } });
  await open(page, "/settings/admin/flags");
  const hands = new Hands("Support: who has this flag, and why");
  await hands.click(page.getByRole("button", { name: `See or set who has ${slug}` }));
  const sheet = page.getByRole("dialog", { name: `Who has ${slug}` });
  await hands.type(sheet.getByRole("searchbox"), server.admin.email);
  const person = sheet.getByRole("listitem").filter({ hasText: server.admin.email });
  await expect(sheet).toContainText("Default: Off.");
  await expect(person.getByRole("radio", { name: "Inherit" })).toBeChecked();
  expect(done(hands)).toBeLessThanOrEqual(3);
});

test("an admin finds what needs attention among 200 without an interaction, and lists it with one", async ({
  page,
}) => {
  const hands = new Hands("Admin: what needs attention among 200");
  await open(page);
  await expect(page.getByRole("button", { name: "Sample ratio mismatch 1" })).toBeVisible();
  await hands.click(page.getByRole("button", { name: "Needs attention" }));
  await expect(page.getByRole("row").filter({ hasText: "Sample ratio mismatch" }).first()).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "Guardrail harmed" }).first()).toBeVisible();
  expect(done(hands)).toBeLessThanOrEqual(1);
});

test("an admin plans a flag for a time in at most four interactions, and sees it in the list", async ({
  page,
}) => {
  const slug = "planned-booker";
  await server.database.prisma.feature.create({ data: { slug, type: "RELEASE" } });
  await open(page, "/settings/admin/flags");
  const hands = new Hands("Admin: turn a flag on at a time");
  await hands.click(page.getByRole("button", { name: `More actions for ${slug}` }));
  await hands.click(page.getByRole("menuitem", { name: "Schedule changes" }));
  const dialog = page.getByRole("dialog", { name: `Schedule for ${slug}` });
  await hands.type(dialog.getByLabel("Date and time"), "2031-01-01T09:00");
  await hands.click(dialog.getByRole("button", { name: "Schedule change" }));
  const item = dialog.getByRole("listitem").filter({ hasText: "Turn on" });
  // The runner's zone, in which it was typed.
  await expect(item).toContainText("1 Jan 2031, 09:00");
  expect(done(hands)).toBeLessThanOrEqual(4);
  const { at } = await server.database.prisma.scheduledFlagChange.findFirstOrThrow({
    where: { flagSlug: slug },
  });
  expect(at.toISOString()).toBe("2031-01-01T08:00:00.000Z");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: /^Turn on: 1 Jan 2031, 09:00/ })).toBeVisible();

  // Its time comes, and the server makes it by itself.
  await server.database.pool.query(`UPDATE "ScheduledFlagChange" SET "at" = now() WHERE "flagSlug" = $1`, [
    slug,
  ]);
  const isOn = async () =>
    (await server.database.prisma.feature.findUniqueOrThrow({ where: { slug } })).enabled;
  await expect.poll(isOn, { timeout: 60_000 }).toBe(true);
});

test("an analyst reads a result and concludes with a reason in at most six interactions", async ({
  page,
}) => {
  await open(page);
  const hands = new Hands("Analyst: read a result, and conclude with a reason");
  await hands.click(page.getByRole("link", { name: "Upgrade button", exact: true }));
  await expect(verdict(page)).toContainText("urgent is better");
  await hands.click(page.getByRole("button", { name: "Conclude…" }));
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("status")).toContainText("urgent is better");
  await hands.click(dialog.getByRole("radio", { name: "urgent", exact: true }));
  await hands.click(dialog.getByRole("radio", { name: "A variant did better" }));
  await hands.type(
    dialog.getByRole("textbox", { name: "What we learned" }),
    "A label that names the gain wins.",
  );
  await hands.click(dialog.getByRole("button", { name: "Conclude experiment" }));
  await expect(page.getByRole("region", { name: "Result snapshot" })).toBeVisible({ timeout: 60_000 });
  expect(done(hands)).toBeLessThanOrEqual(6);
});
