import { expect, long, test } from "./support/fixtures";
import { type ResultsServer, startResultsServer } from "./support/results-server";

const LIST = "/settings/admin/experiments";
const COUNTED = ["split-off", "guardrail-worse", "before-end"] as const;
let server: ResultsServer;

test.beforeAll(async () => {
  server = await startResultsServer(COUNTED);
  await server.database.pool.query(
    `INSERT INTO "Feature" ("slug", "type", "metadata")
     SELECT 'many-' || n, 'EXPERIMENT', "metadata" || jsonb_build_object('name', 'Many ' || n, 'status', 'draft')
     FROM generate_series(1, 197) AS n, (SELECT "metadata" FROM "Feature" WHERE "slug" = 'history-before-end') AS one`,
  );
});
test.afterAll(() => server.stop());

test(
  "among 200 experiments, one look finds what needs attention; views, tags and many at once",
  long,
  async ({ page }) => {
    await server.login(page);
    for (const state of COUNTED) await server.countAgain(page, `history-${state}`);
    await page.goto(`${server.baseUrl}${LIST}`);
    const reasons = page.getByRole("list", { name: "2 need attention" });
    const mismatch = reasons.getByRole("button", { name: "Sample ratio mismatch 1" });
    await expect(mismatch).toBeVisible();
    const rowOf = (name: string) => page.getByRole("row").filter({ has: page.getByRole("link", { name }) });

    await mismatch.click();
    await expect(page.getByText("1 of 200")).toBeVisible();
    await expect(rowOf("Sign-up with a redirect")).toBeVisible();

    await page.getByRole("button", { name: "Needs attention" }).click();
    await expect(page.getByText("2 of 200")).toBeVisible();
    await expect(rowOf("Sign-up with a redirect")).toContainText(/Sample ratio mismatch: .* instead of/);
    await expect(rowOf("Sign-up before booking")).toContainText("Guardrail harmed");
    await expect(rowOf("Sign-up before booking")).toContainText("Bookings per event type");

    await page.getByRole("button", { name: "Running", exact: true }).click();
    await expect(rowOf("Sign-up without a password")).toContainText("Hidden until the planned end");

    await page.getByRole("searchbox").fill("redirect");
    await page.getByRole("button", { name: "Save view…" }).click();
    await page.getByLabel(/^View name/).fill("Redirects");
    await page.getByRole("button", { name: "Save view", exact: true }).click();
    await expect(page.getByRole("dialog")).toBeHidden();
    await page.goto(`${server.baseUrl}${LIST}`);
    await page.getByRole("button", { name: "Redirects" }).click();
    await expect(page.getByText("1 of 200")).toBeVisible();

    await page.getByRole("button", { name: "Drafts" }).click();
    await page.getByRole("searchbox").fill("Many 19");
    await expect(page.getByText("9 of 200")).toBeVisible();
    for (const name of ["Many 191", "Many 192"])
      await page.getByRole("checkbox", { name: `Select ${name}` }).click();
    await page.getByRole("button", { name: "Add tag…" }).click();
    const dialog = page.getByRole("dialog", { name: "Tag 2 experiments" });
    await dialog.getByLabel(/^Tag/).fill("q4");
    await dialog.getByRole("button", { name: "Tag 2" }).click();
    await expect(dialog).toBeHidden();
    await page.goto(`${server.baseUrl}${LIST}?tag=q4`);
    await expect(page.getByText("2 of 200")).toBeVisible();
    await expect(rowOf("Many 191").getByRole("list", { name: "Tags" })).toHaveText("q4");
  },
);
