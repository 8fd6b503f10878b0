import { readFile } from "node:fs/promises";
import { aHistory } from "@calcom/features/experiments/testing/history-states";
import type { Page } from "@playwright/test";
import { expect, long, test } from "./support/fixtures";
import { chart, type ResultsServer, startResultsServer, verdict } from "./support/results-server";

const patiently = { timeout: 60_000 };

let server: ResultsServer;
test.beforeAll(async () => {
  server = await startResultsServer(["before-end", "two-epochs"]);
});
test.afterAll(() => server.stop());
test.beforeEach(({ page }) => server.login(page));

const count = (value: number) => new Intl.NumberFormat("en").format(value);
const receiptOf = (page: Page) => page.getByRole("region", { name: "Result snapshot" });

/** Nobody's conversion window closes within the next hour, however long the walk takes. */
async function keepWindowsOpen(slug: string): Promise<void> {
  await server.database.pool.query(
    `UPDATE "ExperimentVariant" SET "exposedAt" = "exposedAt" - interval '1 hour'
     WHERE "experimentSlug" = $1 AND "exposedAt" BETWEEN now() - interval '3 days' AND now() - interval '71 hours'`,
    [slug],
  );
}

async function conclude(page: Page, choice: RegExp, reason = "A variant did better") {
  const dialog = page.getByRole("dialog");
  for (const radio of await dialog.getByRole("radio").all()) await expect(radio).not.toBeChecked();
  await dialog.getByRole("radio", { name: choice }).click();
  await dialog.getByRole("radio", { name: reason }).click();
  await dialog.getByRole("button", { name: "Conclude experiment" }).click();
  await expect(dialog).toHaveCount(0, patiently);
}

test(
  "a test with a fixed end that is ended early: nothing is seen by variant before, and after it what was planned and what came",
  long,
  async ({ page }) => {
    const { slug, exposed } = await server.walkTo(page, "before-end");
    await expect(verdict(page)).toContainText("Hidden until the planned end");
    const counts = chart(page, "Counts by variant");
    await expect(counts.getByRole("row", { name: /^urgent/ })).toContainText("Hidden");
    const all = Object.values(exposed).reduce((sum, n) => sum + n, 0);
    await expect(counts.getByRole("row", { name: /^Total/ })).toContainText(count(all));
    await expect(counts).toContainText("Conversions by variant stay hidden until the planned end");

    await page.getByRole("button", { name: "Conclude…" }).click();
    const dialog = page.getByRole("dialog");
    const reached = `${count(all)} of 6,000 planned visitors`;
    await expect(dialog).toContainText(`The experiment would end after ${reached}.`, patiently);
    await expect(dialog).toContainText("They appear once the experiment has ended.");
    await expect(dialog).not.toContainText(/[+\u2212]\d+\.\d%/);
    await expect(dialog.getByRole("radio", { name: "A variant did better" })).toHaveCount(0);
    await conclude(page, /^No winner/, "Concluded for another reason");

    const said = `Ended after ${reached}. The interval accounts for the early end.`;
    await expect(receiptOf(page)).toContainText(said, patiently);
    await expect(receiptOf(page)).toContainText("Target: 6,000 visitors and at least 7 days with data.");
    await expect(verdict(page)).toContainText(said);
    await expect(verdict(page)).not.toContainText(/Final: read once|Hidden until the planned end/);
    await expect(counts.getByRole("row", { name: /^urgent/ })).not.toContainText("Hidden");
    await page.getByRole("button", { name: "Export" }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: /CSV/ }).click(),
    ]);
    const [head = "", line = ""] = (await readFile(await download.path(), "utf8")).split("\n");
    expect(line.split(",")[head.split(",").indexOf("ended_short_subjects")]).toBe(String(all));
    expect((await server.storedResult(slug)).analysis?.endedShort).toMatchObject({ units: all });
  },
);

test(
  "an experiment that is concluded with open windows: the dialog, the page and the receipt say the same of the same people",
  long,
  async ({ page }) => {
    await keepWindowsOpen(aHistory("two-epochs").slug);
    const { slug, exposed } = await server.walkTo(page, "two-epochs");
    await page.getByRole("button", { name: "Conclude…" }).click();
    const dialog = page.getByRole("dialog");
    const all = Object.values(exposed).reduce((sum, n) => sum + n, 0);
    const label = new RegExp(
      `${count(all)} visitors exposed by the end, [\\d,]+ with an open conversion window`,
    );
    await expect(dialog).toContainText(label, patiently);
    const [shown = ""] = (await dialog.textContent())?.match(label) ?? [];
    // What open windows do to the figure: before, and at the end.
    await expect(dialog).toContainText(
      "differ from the results page because open conversion windows count too",
    );
    await dialog.getByText("Details", { exact: true }).click();
    const change = dialog.getByText(/^urgent, signed-up: .* with a closed window\), .* at the end \(.*\)\.$/);
    await expect(change).toBeVisible();
    const [, after = ""] = (await change.textContent())?.match(/closed window\), (\S+) at the end/) ?? [];
    expect(after).toMatch(/^\+\d+\.\d%$/);
    const title = (await dialog.getByRole("status").locator("p").first().textContent()) ?? "";
    await conclude(page, /^urgent/);

    await expect(receiptOf(page)).toContainText(shown, patiently);
    await expect(verdict(page)).toContainText(shown);
    await expect(verdict(page)).toContainText(title);
    await expect(chart(page, "signed-up").getByRole("row", { name: /^urgent/ })).toContainText(after);
    const { population } = await server.storedResult(slug);
    expect(population?.subjects).toBe(all);
  },
);
