import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { type ResultsServer, startResultsServer, verdict } from "./support/results-server";

// What four kinds of user come for, counted as a person would do it: each click, and each text that is entered, is one.

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

/** A person who does one thing after the other. */
class Hands {
  interactions = 0;
  readonly #since = performance.now();
  readonly #task: string;

  constructor(task: string) {
    this.#task = task;
  }

  async click(control: Locator): Promise<void> {
    await control.click();
    this.interactions++;
  }

  /** With Enter at its end, which sends it. */
  async enter(field: Locator, text: string): Promise<void> {
    await field.fill(text);
    await field.press("Enter");
    this.interactions++;
  }

  async type(field: Locator, text: string): Promise<void> {
    await field.fill(text);
    this.interactions++;
  }

  done(): number {
    const seconds = Number(((performance.now() - this.#since) / 1_000).toFixed(1));
    table.push({ task: this.#task, interactions: this.interactions, seconds });
    test.info().annotations.push({
      type: "task",
      description: `${this.#task}: ${this.interactions} interactions, ${seconds} s`,
    });
    return this.interactions;
  }
}

const open = async (page: Page, path = LIST) => {
  await page.goto(`${server.baseUrl}${path}`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
};

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
  expect(hands.done()).toBeLessThanOrEqual(3);
});

test("support answers who has a flag, and why, in at most three interactions from the flags", async ({
  page,
}) => {
  const slug = "new-booker";
  await server.database.prisma.feature.create({ data: { slug, type: "RELEASE" } });
  await open(page, "/settings/admin/flags");
  const hands = new Hands("Support: who has this flag, and why");
  await hands.click(page.getByRole("button", { name: `Assign ${slug} to users and teams` }));
  const sheet = page.getByRole("dialog", { name: `Who has ${slug}` });
  await hands.type(sheet.getByRole("searchbox"), server.admin.email);
  const person = sheet.getByRole("listitem").filter({ hasText: server.admin.email });
  await expect(person).toContainText("Off (default)");
  expect(hands.done()).toBeLessThanOrEqual(3);
});

test("an admin finds what needs attention among 200 without an interaction, and lists it with one", async ({
  page,
}) => {
  const hands = new Hands("Admin: what needs attention among 200");
  await open(page);
  await expect(page.getByText(/need attention: .*1 sample ratio mismatch/)).toBeVisible();
  await hands.click(page.getByRole("button", { name: "Needs attention" }));
  await expect(page.getByRole("row").filter({ hasText: "Sample ratio mismatch" }).first()).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "Guardrail harmed" }).first()).toBeVisible();
  expect(hands.done()).toBeLessThanOrEqual(1);
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
  expect(hands.done()).toBeLessThanOrEqual(4);
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
  await expect.poll(isOn, { timeout: 30_000 }).toBe(true);
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
  await expect(page.getByRole("region", { name: "Result snapshot" })).toBeVisible({ timeout: 30_000 });
  expect(hands.done()).toBeLessThanOrEqual(6);
});
