import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import type { StoredResult } from "@calcom/features/experiments/results";
import { writeHistory } from "@calcom/features/experiments/testing/history";
import {
  aHistory,
  HISTORY_STATES,
  type HistoryState,
} from "@calcom/features/experiments/testing/history-states";
import type { Locator, Page } from "@playwright/test";
import { expect, loginAs, test } from "./support/fixtures";
import { type OwnServer, startOwnServer } from "./support/own-server";

const ROOT = "/settings/admin/experiments";
const patiently = { timeout: 30_000 };

let server: OwnServer;
test.beforeAll(async () => {
  server = await startOwnServer();
  for (const state of HISTORY_STATES) await writeHistory(server.database.pool, aHistory(state));
});
test.afterAll(() => server.stop());
test.beforeEach(({ page }) =>
  loginAs(page, server.admin.email, { baseUrl: server.baseUrl, password: server.admin.password }),
);

/** Weeks cannot be waited for, but everything else is as a person does it: from the list, by name, to the verdict. */
async function walkTo(page: Page, state: HistoryState): Promise<StoredResult> {
  const { slug, settings } = aHistory(state);
  await counted(page, slug);
  await page.goto(`${server.baseUrl}${ROOT}`);
  await page.getByRole("link", { name: settings?.name ?? slug, exact: true }).click();
  await expect(page.getByRole("tab", { name: "Results" })).toHaveAttribute("aria-selected", "true");
  return storedResult(slug);
}

/** What the timer does every few minutes. */
async function counted(page: Page, slug: string): Promise<void> {
  const url = `${server.baseUrl}/api/trpc/viewer.admin.experiments.results.refresh`;
  const answer = await page.request.post(url, { data: { json: { slug } } });
  expect(answer.status(), await answer.text()).toBe(200);
}

async function storedResult(slug: string): Promise<StoredResult> {
  const { rows } = await server.database.pool.query<{ result: StoredResult }>(
    `SELECT "result" FROM "ExperimentResult" WHERE "experimentSlug" = $1 AND NOT "isReceipt"`,
    [slug],
  );
  if (rows[0] === undefined) throw new Error(`Nothing was counted of ${slug}.`);
  return rows[0].result;
}

const verdict = (page: Page): Locator => page.getByRole("region", { name: "Verdict" });
const chart = (page: Page, name: string | RegExp): Locator => page.getByRole("region", { name });
