import { readFile } from "node:fs/promises";
import type { Browser, Page } from "@playwright/test";
import { expect, long, test } from "./support/fixtures";
import { type ResultsServer, startResultsServer } from "./support/results-server";

const patiently = { timeout: 60_000 };
const LEARNING = "Urgency *sells*, ask ada@own.example <b>why</b>.";

let server: ResultsServer;
test.beforeAll(async () => {
  server = await startResultsServer(["before-end"]);
});
test.afterAll(() => server.stop());
test.beforeEach(({ page }) => server.login(page));

test(
  "an experiment from its end to a report that is shared, read by nobody in particular, and revoked",
  long,
  async ({ page, browser }) => {
    const { slug } = await server.walkTo(page, "before-end");
    const anonymous = await openAsNobody(browser);
    const region = (name: string) => page.getByRole("region", { name, exact: true });

    await test.step("before its planned end the report withholds what every page does", async () => {
      await page.getByRole("button", { name: /^Actions for/ }).click();
      await page.getByRole("menuitem", { name: "Report" }).click();
      await expect(region("Results")).toContainText("Hidden until the planned end", patiently);
      await expect(region("Results").getByRole("columnheader")).toHaveText(["Variant", /^Participants/]);
    });

    await test.step("concluded, its page leads to the report", async () => {
      await page.goto(server.addressOf(slug));
      await page.getByRole("button", { name: "Conclude…" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("radio", { name: "urgent", exact: true }).click();
      await dialog.getByRole("radio", { name: "Concluded for another reason" }).click();
      await dialog.getByRole("textbox", { name: "What we learned" }).fill(LEARNING);
      await dialog.getByRole("button", { name: "Conclude experiment" }).click();
      await expect(dialog).toHaveCount(0, patiently);
      await page.getByRole("link", { name: "Open the report" }).click();
      await expect(region("Decision")).toContainText(/Ended.*by Ada/, patiently);
      await expect(region("Decision")).toContainText(LEARNING);
      await expect(region("Result snapshot")).toContainText(/[0-9a-f]{64}/);
      await expect(region("Results").getByRole("table").first()).toContainText("urgent");
    });

    await test.step("as a file it has no markup but its own", async () => {
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: "Export Markdown" }).click(),
      ]);
      expect(file.suggestedFilename()).toBe(`${slug}-report.md`);
      const text = await readFile(await file.path(), "utf8");
      expect(text).toContain("Urgency \\*sells\\*, ask ada\\@own\\.example &lt;b&gt;why&lt;/b&gt;\\.");
      expect(text).toMatch(/^# /);
    });

    await test.step("on paper nothing but the report is there", async () => {
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      await expect(page.getByRole("navigation")).toHaveCount(0);
      await expect(page.getByRole("button")).toHaveCount(0);
      await expect(region("Decision")).toBeVisible();
      expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
        "rgb(255, 255, 255)",
      );
      await page.emulateMedia({ media: null, colorScheme: null });
    });

    const address = await test.step("an administrator shares it for a day", async () => {
      await page.locator("[data-slot=page-header]").getByRole("button", { name: "Share…" }).click();
      await page.getByRole("radiogroup", { name: "Valid for" }).getByRole("radio", { name: "1 day" }).click();
      await page.getByRole("button", { name: "Create link" }).click();
      const shown = page.getByText(/\/reports\/[\w-]{43}$/);
      await expect(shown).toBeVisible();
      await expect(page.getByText(/^Created by Ada on/)).toBeVisible();
      return (await shown.textContent()) ?? "";
    });

    await test.step("without an account it is read, names nobody, and leaves no trace", async () => {
      const answer = await anonymous.goto(address);
      expect(answer?.status()).toBe(200);
      const headers = answer?.headers() ?? {};
      expect(headers["cache-control"]).toContain("no-store");
      expect(headers["x-robots-tag"]).toContain("noindex");
      expect(headers["referrer-policy"]).toBe("no-referrer");
      await expect(anonymous.locator('meta[name="robots"]')).toHaveAttribute("content", /noindex/);
      await expect(anonymous.getByRole("region", { name: "Decision" })).toContainText("Urgency *sells*");
      const html = (await answer?.text()) ?? "";
      expect(html + (await anonymous.content())).not.toMatch(/\bAda\b|ada@own/);
      expect((await anonymous.context().cookies()).map(({ name }) => name)).not.toContain("cal_vid");
      await anonymous.getByRole("button", { name: "Deutsch" }).click();
      await expect(anonymous.getByRole("region", { name: "Entscheidung" })).toBeVisible();
    });

    await test.step("revoked, it is the same 404 as a link that never was", async () => {
      await page.getByRole("button", { name: /^Revoke/ }).click();
      await page.getByRole("alertdialog").getByRole("button", { name: "Revoke" }).click();
      await expect(page.getByText(/^Created by Ada on/)).toHaveCount(0);
      const made = address.replace(/[\w-]{43}$/, "A".repeat(43));
      const answers = [];
      for (const path of [address, made, `${address}x`]) {
        const answer = await anonymous.goto(path);
        expect(answer?.headers()["x-robots-tag"]).toContain("noindex");
        answers.push([answer?.status(), await anonymous.getByRole("main").textContent()]);
      }
      expect(answers[0]?.[0]).toBe(404);
      expect(answers[0]?.[1]).toContain(
        "Der Link ist möglicherweise unvollständig, abgelaufen oder widerrufen.",
      );
      expect(answers).toEqual([answers[0], answers[0], answers[0]]);
    });

    await test.step("the winner is withdrawn, and the report says so", async () => {
      await page.goto(server.addressOf(slug));
      await page.getByRole("button", { name: /^Actions for/ }).click();
      await page.getByRole("menuitem", { name: "Withdraw winner…" }).click();
      const dialog = page.getByRole("alertdialog");
      await expect(dialog).toContainText("Measurement doesn’t resume");
      await dialog.getByRole("button", { name: "Withdraw winner" }).click();
      await expect(page.getByText("Concluded: urgent was withdrawn as the winner")).toBeVisible();
      await page.getByRole("link", { name: "Open the report" }).click();
      await expect(region("Decision")).toContainText("The original experience");
      await expect(region("Result snapshot")).toContainText(/[0-9a-f]{64}/);
    });
    await anonymous.context().close();
  },
);

async function openAsNobody(browser: Browser): Promise<Page> {
  return (await browser.newContext()).newPage();
}
