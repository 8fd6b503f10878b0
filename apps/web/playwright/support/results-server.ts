import { readFile } from "node:fs/promises";
import type { StoredResult } from "@calcom/features/experiments/results";
import { writeHistory } from "@calcom/features/experiments/testing/history";
import {
  aHistory,
  HISTORY_STATES,
  type HistoryState,
} from "@calcom/features/experiments/testing/history-states";
import type { Locator, Page } from "@playwright/test";
import { expect, loginAs } from "./fixtures";
import { type OwnServer, startOwnServer } from "./own-server";

const ROOT = "/settings/admin/experiments";

/** A server whose experiments have weeks behind them, and what a person does to read their results. */
export interface ResultsServer extends OwnServer {
  login(page: Page): Promise<void>;
  /** Where the results of an experiment are. */
  addressOf(slug: string): string;
  /**
   * Weeks cannot be waited for, but everything else is as a person does it: from the list, by name, to the verdict.
   * Answers what was counted.
   */
  walkTo(page: Page, state: HistoryState): Promise<StoredResult>;
  /** What the timer does every few minutes. */
  countAgain(page: Page, slug: string): Promise<void>;
  storedResult(slug: string): Promise<StoredResult>;
}

export async function startResultsServer(
  states: readonly HistoryState[] = HISTORY_STATES,
): Promise<ResultsServer> {
  const server = await startOwnServer();
  const { baseUrl, admin, database } = server;
  const { id: ownerId } = await database.prisma.user.findUniqueOrThrow({ where: { email: admin.email } });
  for (const state of states) {
    const history = aHistory(state);
    await writeHistory(database.pool, { ...history, settings: { ...history.settings, ownerId } });
  }
  const addressOf = (slug: string) => `${baseUrl}${ROOT}/${slug}`;
  const storedResult = async (slug: string) => {
    const { rows } = await database.pool.query<{ result: StoredResult }>(
      `SELECT "result" FROM "ExperimentResult" WHERE "experimentSlug" = $1 AND NOT "isReceipt"`,
      [slug],
    );
    if (rows[0] === undefined) throw new Error(`Nothing was counted of ${slug}.`);
    return rows[0].result;
  };
  const countAgain = async (page: Page, slug: string) => {
    const url = `${baseUrl}/api/trpc/viewer.admin.experiments.results.refresh`;
    const answer = await page.request.post(url, { data: { json: { slug } } });
    expect(answer.status(), await answer.text()).toBe(200);
  };
  return {
    ...server,
    login: (page) => loginAs(page, admin.email, { baseUrl, password: admin.password }),
    addressOf,
    storedResult,
    countAgain,
    async walkTo(page, state) {
      const { slug, settings } = aHistory(state);
      await countAgain(page, slug);
      await page.goto(`${baseUrl}${ROOT}`);
      await page.getByRole("link", { name: settings?.name ?? slug, exact: true }).click();
      await expect(page.getByRole("tab", { name: "Results" })).toHaveAttribute("aria-selected", "true");
      return storedResult(slug);
    },
  };
}

export const verdict = (page: Page): Locator => page.getByRole("region", { name: "Verdict" });
export const chart = (page: Page, name: string | RegExp): Locator => page.getByRole("region", { name });

/** Its drawing is loaded when somebody comes near it. */
export async function comeToChart(page: Page, name: string | RegExp): Promise<Locator> {
  const section = chart(page, name);
  // A chart that comes to lie under the pointer is read out.
  await page.mouse.move(0, 0);
  await section.scrollIntoViewIfNeeded();
  await expect(section.getByRole("img")).toBeVisible();
  return section;
}

/** Downloads by the menu, as a person does. */
export async function exported(page: Page, format: "CSV" | "JSON"): Promise<string> {
  await page.getByRole("button", { name: "Export" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: new RegExp(format) }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(new RegExp(`\\.${format.toLowerCase()}$`));
  return readFile(await download.path(), "utf8");
}
