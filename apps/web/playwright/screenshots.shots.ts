import {
  aHistory,
  HISTORY_STATES,
  type HistoryState,
} from "@calcom/features/experiments/testing/history-states";
import { demoDialogs, openDemoDialog } from "./support/dialogs";
import { test } from "./support/fixtures";
import { demoPages, openDemoPage, settled } from "./support/pages";
import { takePictures } from "./support/pictures";
import { type ResultsServer, startResultsServer } from "./support/results-server";
import { textsOf } from "./support/texts";

// Not a test: `npm run screenshots` takes the pictures of docs/screenshots, of every page in both themes, wide and narrow.

/** The others differ from these in words and figures alone. */
const IN_EVERY_LIGHT: readonly HistoryState[] = ["better", "too-early", "split-off"];

/** Pages that show next to nothing of the demo, and where they are among experiments with weeks behind them. */
const WITH_HISTORY: Record<string, string> = {
  calendar: "-/calendar",
  metrics: "-/metrics",
  "experiment-report": `-/report/${aHistory("better").slug}`,
};

for (const demoPage of demoPages.filter(({ name }) => !(name in WITH_HISTORY)))
  test(demoPage.name, ({ page }) => takePictures(page, demoPage.name, () => openDemoPage(page, demoPage)));

for (const dialog of demoDialogs)
  test(dialog.name, async ({ page }) => {
    await takePictures(page, `dialog-${dialog.name}`, (language) => openDemoDialog(page, dialog, language), {
      isWhole: false,
      isOnce: true,
    });
  });

test.describe("with weeks behind it", () => {
  let server: ResultsServer;
  test.beforeAll(async () => {
    server = await startResultsServer();
  });
  test.afterAll(() => server.stop());
  test.beforeEach(({ page }) => server.login(page));

  for (const state of HISTORY_STATES)
    test(`results ${state}`, async ({ page }) => {
      const { slug } = aHistory(state);
      await server.countAgain(page, slug);
      const open = async () => void (await page.goto(server.addressOf(slug)));
      const options = { url: server.baseUrl, isWhole: true, isOnce: !IN_EVERY_LIGHT.includes(state) };
      await takePictures(page, `results-${state}`, open, options);
    });

  test("the list", async ({ page }) => {
    // What is counted tells the list whose split is off.
    for (const state of HISTORY_STATES) await server.countAgain(page, aHistory(state).slug);
    const open = async () => void (await page.goto(server.addressOf("")));
    await takePictures(page, "experiments-running", open, { url: server.baseUrl, isWhole: true });
  });

  for (const [name, path] of Object.entries(WITH_HISTORY))
    test(name, async ({ page }) => {
      await server.countAgain(page, aHistory("better").slug);
      const open = async () => void (await page.goto(server.addressOf(path)));
      if (name === "calendar") await planOthers(server);
      await takePictures(page, name, open, { url: server.baseUrl });
      if (name === "calendar") await removeOthers(server);
    });

  test("a conclusion", async ({ page }) => {
    const { slug } = aHistory("better");
    await server.countAgain(page, slug);
    const open = async (language: "en" | "de") => {
      await page.goto(server.addressOf(slug));
      await page
        .getByRole("button", { name: textsOf(language).experiment_command_conclude, exact: true })
        .click();
      await settled(page);
    };
    await takePictures(page, "conclude", open, { url: server.baseUrl, isWhole: false });
  });
});

const DAY_MS = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();

/** Of every state one, for the calendar alone: elsewhere they would lack a configuration. */
const OTHERS = [
  {
    name: "Shorter confirmation",
    status: "draft",
    schedule: { startAt: inDays(4), stopAt: inDays(25) },
  },
  {
    name: "Annual price first",
    status: "running",
    startedAt: inDays(-9),
    schedule: { startAt: null, stopAt: inDays(12) },
  },
  { name: "Reminder by email", status: "paused", startedAt: inDays(-16) },
  { name: "Guided first event", status: "concluded", startedAt: inDays(-27), endedAt: inDays(-6) },
];

async function planOthers({ database }: ResultsServer): Promise<void> {
  await database.pool.query(
    `INSERT INTO "Feature" ("slug", "type", "enabled", "metadata")
     SELECT 'calendar-' || place, 'EXPERIMENT', metadata ->> 'status' = 'running', metadata
     FROM jsonb_array_elements($1) WITH ORDINALITY AS other (metadata, place)`,
    [JSON.stringify(OTHERS)],
  );
  await database.pool.query(
    `INSERT INTO "AuditLog" ("at", "actorRole", "tableName", "rowKey", "action", "before", "after")
     SELECT $1, current_user, 'Feature', "slug", 'UPDATE', '{"metadata": {"status": "running"}}', to_jsonb(feature)
     FROM "Feature" AS feature WHERE "slug" LIKE 'calendar-%' AND "metadata" ->> 'status' = 'paused'`,
    [inDays(-5)],
  );
}

async function removeOthers({ database }: ResultsServer): Promise<void> {
  await database.pool.query(`DELETE FROM "Feature" WHERE "slug" LIKE 'calendar-%'`);
}
