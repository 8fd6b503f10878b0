import { readFile } from "node:fs/promises";
import { writeHistory } from "@calcom/features/experiments/testing/history";
import { expect, long, test } from "./support/fixtures";
import { chart, type ResultsServer, startResultsServer, verdict } from "./support/results-server";

const NAME = "Sign-up without a metric";
const SLUG = "history-chosen-late";

let server: ResultsServer;
test.beforeAll(async () => {
  server = await startResultsServer([]);
  const { id: ownerId } = await server.database.prisma.user.findUniqueOrThrow({
    where: { email: server.admin.email },
  });
  // It started without a metric, and of those who came many more signed up with the treatment.
  await writeHistory(server.database.pool, {
    slug: SLUG,
    epochs: [{ since: 24.6, weights: { control: 50, urgent: 50 } }],
    arms: {
      control: { subjects: 1_800, events: { "signed-up": { rate: 0.18, delayHours: 8 } } },
      urgent: { subjects: 1_815, events: { "signed-up": { rate: 0.28, delayHours: 8 } } },
    },
    settings: {
      name: NAME,
      ownerId,
      clientEvents: [],
      registeredMetrics: [],
      analysis: { mode: "sequential", plannedSubjects: 3_000, minimumRuntimeDays: 7 },
    },
  });
});
test.afterAll(() => server.stop());
test.beforeEach(({ page }) => server.login(page));

test(
  "a metric that is chosen once its counts were seen says so from the list to the export, and decides nothing",
  long,
  async ({ page }) => {
    const list = `${server.baseUrl}/settings/admin/experiments`;
    await page.goto(list);
    await page.getByRole("link", { name: NAME, exact: true }).click();
    await page.getByRole("link", { name: "Edit", exact: true }).click();
    // The form says beforehand what it will be.
    await expect(page.getByText(/an event you add now is an exploratory metric/)).toBeVisible();
    const events = page.getByLabel("Client-side conversion events");
    await events.fill("signed-up");
    await events.press("Enter");
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page).not.toHaveURL(/\/edit$/);
    await server.countAgain(page, SLUG);

    await page.goto(list);
    const row = page.getByRole("row", { name: new RegExp(NAME) });
    await expect(row).toContainText("1 metric chosen after the start");
    await row.getByRole("link", { name: NAME, exact: true }).click();
    await expect(verdict(page)).toContainText("The primary metric was chosen after the start");
    await expect(verdict(page)).not.toContainText(/is better|Safe to act on/);
    const metric = page.getByRole("region", { name: "signed-up", exact: true });
    await expect(metric).toContainText("Chosen after the start");
    await expect(metric.getByRole("row", { name: /^urgent/ }).first()).toBeVisible();
    for (const name of [/^Lift over time/, /^Novelty check/])
      await expect(chart(page, name)).toContainText("signed-up (chosen after the start)");

    await page.getByRole("button", { name: "Export" }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: /CSV/ }).click(),
    ]);
    const [head, ...lines] = (await readFile(await download.path(), "utf8")).trim().split("\n");
    const column = head?.split(",").indexOf("chosen_after_start") ?? -1;
    expect(lines.map((line) => line.split(",")[column])).toEqual(["true", "true"]);

    await page.getByRole("tab", { name: "Activity" }).click();
    await expect(page.getByText(/changed the metrics after the start/)).toBeVisible();
    await page.getByRole("tab", { name: "Setup" }).click();
    await expect(page.getByText("Chosen after the start").first()).toBeVisible();
  },
);
