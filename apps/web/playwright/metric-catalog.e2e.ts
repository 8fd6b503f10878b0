import type { Page } from "@playwright/test";
import { expect, loginAs, long, test } from "./support/fixtures";
import { Hands } from "./support/hands";
import { type OwnServer, startOwnServer } from "./support/own-server";

const ROOT = "/settings/admin/experiments";

let server: OwnServer;
test.beforeAll(async () => {
  server = await startOwnServer();
});
test.afterAll(() => server.stop());

/** From the list to what runs. */
async function createAndStart(page: Page, hands: Hands, name: string, choose: () => Promise<void>) {
  await page.goto(`${server.baseUrl}${ROOT}`);
  await hands.click(page.getByRole("link", { name: "New experiment" }).first());
  await hands.type(page.getByRole("textbox", { name: /^Name/ }).first(), name);
  await choose();
  await hands.click(page.getByRole("button", { name: "Create draft" }));
  await page.waitForURL((url) => url.pathname.endsWith(name.toLowerCase().replaceAll(" ", "-")));
  await hands.click(page.getByRole("button", { name: "Start experiment" }));
  await hands.click(
    page.getByRole("alertdialog").getByRole("button", { name: /^Start (experiment|anyway)$/ }),
  );
  await expect(page.getByText("Running").first()).toBeVisible();
}

test(
  "a metric is made beside the form, gets another version, and decides two experiments, each by its own",
  long,
  async ({ page }) => {
    const { email, password } = server.admin;
    await loginAs(page, email, { baseUrl: server.baseUrl, password });

    await test.step("the first measured experiment, its metric included, takes at most twelve interactions", async () => {
      const hands = new Hands("First measured experiment, its metric included");
      await createAndStart(page, hands, "Longer calls", async () => {
        await hands.click(page.getByRole("button", { name: "New metric…" }));
        const dialog = page.getByRole("dialog");
        await hands.type(dialog.getByLabel("Name", { exact: false }).first(), "Booked");
        await hands.click(dialog.getByRole("combobox", { name: "What is counted" }));
        await hands.click(page.getByRole("option", { name: "Bookings", exact: true }));
        await hands.click(dialog.getByRole("button", { name: "Create metric" }));
        await expect(dialog).toBeHidden();
        // What was typed before is still there, and the metric is chosen, with its history.
        await expect(page.getByLabel("Name", { exact: false }).first()).toHaveValue("Longer calls");
        await expect(page.getByRole("combobox", { name: "Primary metric" })).toHaveText("Booked");
        await expect(page.getByRole("region", { name: "Recent history" })).toContainText("As of");
      });
      expect(hands.done().interactions).toBeLessThanOrEqual(12);
    });

    await test.step("the metric gets a second version: half an hour at least", async () => {
      await page.goto(`${server.baseUrl}${ROOT}/-/metrics`);
      await page.getByRole("link", { name: "Booked", exact: true }).click();
      await page.getByRole("link", { name: "New version" }).click();
      await page.getByRole("button", { name: "Add filter" }).click();
      await page.getByRole("combobox", { name: "Operator" }).click();
      await page.getByRole("option", { name: "is at least" }).click();
      await page.getByRole("button", { name: "Save new version" }).click();
      // A filter without a value is refused at its control.
      const value = page.getByRole("textbox", { name: "Value" });
      await expect(value).toBeFocused();
      await value.fill("30");
      await page.getByRole("button", { name: "Save new version" }).click();
      await expect(page.getByText("Count of Bookings where Minutes is at least 30").first()).toBeVisible();
    });

    await test.step("a team's own item keeps the next one from starting until somebody checks it", async () => {
      await page.goto(`${server.baseUrl}${ROOT}/-/checklist`);
      await page.getByLabel("New item").fill("The support team knows about it");
      await page.getByRole("button", { name: "Add", exact: true }).click();
      await expect(page.getByRole("listitem").filter({ hasText: "The support team knows" })).toBeVisible();
    });

    await test.step("another experiment goes by the second version", async () => {
      await page.goto(`${server.baseUrl}${ROOT}/new`);
      await page.getByLabel("Name", { exact: false }).first().fill("Shorter calls");
      await page.getByRole("combobox", { name: "Primary metric" }).click();
      await page.getByRole("option", { name: "Booked", exact: true }).click();
      await page.getByRole("button", { name: "Create draft" }).click();
      await page.waitForURL((url) => url.pathname.endsWith("/shorter-calls"));
      await page.getByRole("button", { name: "Start experiment" }).click();
      const dialog = page.getByRole("alertdialog");
      const start = dialog.getByRole("button", { name: /^Start (experiment|anyway)$/ });
      await expect(
        dialog.getByText("Shares participants with 1 running experiment", { exact: false }),
      ).toBeHidden();
      await expect(
        dialog.getByText("shares participants with experiments decided by the same metric: Longer calls", {
          exact: false,
        }),
      ).toBeVisible();
      await start.click();
      const item = dialog.getByRole("checkbox", { name: "The support team knows about it" });
      await expect(item).toBeFocused();
      await item.click();
      await expect(dialog.getByText(/^Ada, /)).toBeVisible();
      await start.click();
      await expect(page.getByText("Running").first()).toBeVisible();
    });

    await test.step("each keeps its own, and the metric's page says which", async () => {
      await page.goto(`${server.baseUrl}${ROOT}/-/metrics/booked`);
      const uses = page.getByRole("region", { name: "Experiments that use it" }).getByRole("listitem");
      await expect(uses.filter({ hasText: "Longer calls" })).toContainText("version 1");
      await expect(uses.filter({ hasText: "Shorter calls" })).toContainText("version 2");
    });

    await test.step("archived, it is offered to nobody", async () => {
      await page.getByRole("combobox", { name: "Status" }).click();
      await page.getByRole("option", { name: "Archived" }).click();
      await expect(page.getByRole("combobox", { name: "Status" })).toHaveText("Archived");
      await page.goto(`${server.baseUrl}${ROOT}/new`);
      await page.getByRole("combobox", { name: "Primary metric" }).click();
      await expect(page.getByRole("option", { name: "Upgrade", exact: true })).toBeVisible();
      await expect(page.getByRole("option", { name: "Booked", exact: true })).toHaveCount(0);
    });
  },
);
