import { writeHistory } from "@calcom/features/experiments/testing/history";
import { aHistory } from "@calcom/features/experiments/testing/history-states";
import { aHistoryOfTwelve } from "@calcom/features/experiments/testing/history-twelve";
import type { Page } from "@playwright/test";
import { anyDialog } from "./support/dialogs";
import { expect, test } from "./support/fixtures";
import { settled } from "./support/pages";
import { takePictures } from "./support/pictures";
import { type ResultsServer, startResultsServer } from "./support/results-server";
import { type Language, patternOf, textsOf } from "./support/texts";

// Beside screenshots.shots.ts: what somebody meets only after weeks, or when something is refused.

const FLAGS = "/settings/admin/flags";
const EXPERIMENTS = "/settings/admin/experiments";
const TWELVE = "twelve-variants";
const BETTER = aHistory("better").slug;
let server: ResultsServer;

test.describe.configure({ mode: "default" });
test.beforeAll(async () => {
  server = await startResultsServer(["better"]);
  const { pool, prisma } = server.database;
  const { id } = await prisma.user.findUniqueOrThrow({ where: { email: server.admin.email } });
  const { settings, ...history } = aHistoryOfTwelve(TWELVE);
  await writeHistory(pool, { ...history, settings: { ...settings, ownerId: id } });
  await writeFlags(id);
});
test.afterAll(() => server.stop());
test.beforeEach(async ({ page }) => {
  await server.login(page);
  for (const slug of [TWELVE, BETTER]) await server.countAgain(page, slug);
});

/** Each kind of change and of what became of it, and one more than a badge names. */
async function writeFlags(plannedBy: number): Promise<void> {
  const { prisma } = server.database;
  const at = (day: number) => new Date(Date.UTC(2031, 0, day, 8));
  const scheduled = {
    create: [
      { at: at(1), rolloutPercentage: 12.5, rolloutUnit: "team", plannedBy },
      { at: at(2), enabled: true, plannedBy },
      { at: at(9), enabled: false },
      { at: at(3), enabled: true, plannedBy, dropped: "switched", droppedAt: at(2) },
    ],
  };
  await prisma.feature.create({
    data: { slug: "new-booker", type: "RELEASE", description: "The booker with one page", scheduled },
  });
  const off = { at: at(4), enabled: false, plannedBy };
  await prisma.feature.create({
    data: { slug: "payments", type: "KILL_SWITCH", enabled: true, scheduled: { create: [off] } },
  });
}

const texts = (language: Language, key: string): RegExp => patternOf(textsOf(language)[key] ?? key);
const go = async (page: Page, path: string) => {
  await page.goto(`${server.baseUrl}${path}`);
  await settled(page);
};
const press = (page: Page, language: Language, key: string) =>
  page
    .getByRole("button", { name: texts(language, key) })
    .first()
    .click();
type Open = (language: Language) => Promise<void>;
const picture = (page: Page, name: string, open: Open, isOnce = true) =>
  takePictures(page, name, open, { url: server.baseUrl, isWhole: true, isOnce });
const pictureOfDialog = (page: Page, name: string, open: Open, isOnce = true) =>
  takePictures(page, name, open, { url: server.baseUrl, isWhole: false, isOnce });

test("flags with schedules", ({ page }) => picture(page, "flags-scheduled", () => go(page, FLAGS), false));

async function openSchedule(page: Page, language: Language): Promise<void> {
  await go(page, FLAGS);
  await page
    .getByRole("button", {
      name: patternOf((textsOf(language).flag_actions_label ?? "").replace("{{slug}}", "new-booker")),
    })
    .click();
  await page.getByRole("menuitem", { name: texts(language, "flag_schedule") }).click();
  await expect(anyDialog(page).getByRole("listitem")).toHaveCount(4);
}

test("a flag's schedule", ({ page }) =>
  pictureOfDialog(page, "flag-schedule-planned", (language) => openSchedule(page, language), false));

for (const [name, local] of [
  ["skipped", "2031-03-30T02:30"],
  ["twice", "2031-10-26T02:30"],
])
  test(`a time that is ${name}`, ({ page }) =>
    pictureOfDialog(page, `flag-schedule-${name}`, async (language) => {
      await openSchedule(page, language);
      await anyDialog(page)
        .getByLabel(texts(language, "flag_schedule_when"))
        .fill(local ?? "");
      await expect(anyDialog(page).getByRole("status")).not.toBeEmpty();
    }));

test("a change of a schedule that is refused", ({ page }) =>
  pictureOfDialog(page, "flag-schedule-refused", async (language) => {
    await openSchedule(page, language);
    const dialog = anyDialog(page);
    await dialog
      .getByRole("button", { name: texts(language, "flag_schedule_edit_label") })
      .first()
      .click();
    // Somebody else is quicker.
    await server.database.pool.query(
      `UPDATE "ScheduledFlagChange" SET "at" = "at" + interval '1 minute' WHERE "flagSlug" = 'new-booker'`,
    );
    await dialog.getByRole("button", { name: texts(language, "flag_schedule_save") }).click();
    await expect(dialog.getByRole("alert").first()).toBeVisible();
  }));

test("a switch that is refused", ({ page }) =>
  pictureOfDialog(page, "flag-switch-refused", async () => {
    await go(page, FLAGS);
    await server.database.pool.query(
      `UPDATE "Feature" SET "description" = "description" || '.',
         "updatedBy" = (SELECT "id" FROM "experiment_host_users" WHERE "name" = 'Ada' LIMIT 1) WHERE "slug" = 'new-booker'`,
    );
    await page.getByRole("switch", { name: /new-booker/ }).click();
    await expect(page.locator("[data-sonner-toast]")).toBeVisible();
  }));

test("an experiment by a metric with a history", ({ page }) =>
  picture(
    page,
    "experiment-new-by-metric",
    async (language) => {
      await go(page, `${EXPERIMENTS}/new`);
      await page
        .getByRole("textbox", { name: new RegExp(`^${textsOf(language).name}`) })
        .first()
        .fill("Shorter form");
      await page.getByRole("combobox", { name: texts(language, "metrics_primary") }).click();
      await page.getByRole("option", { name: "Upgrade", exact: true }).click();
      await settled(page);
    },
    false,
  ));

test("an experiment whose times the clocks change", ({ page }) =>
  picture(page, "experiment-new-clocks", async () => {
    await go(page, `${EXPERIMENTS}/new`);
    await page.locator("main details").evaluateAll((all) => {
      for (const details of all) details.setAttribute("open", "");
    });
    await page.locator("#schedule-startAt").fill("2031-03-30T02:30");
    await page.locator("#schedule-stopAt").fill("2031-10-26T02:30");
  }));

test("twelve variants", async ({ page }) => {
  await picture(page, "results-twelve", () => go(page, `${EXPERIMENTS}/${TWELVE}`), false);
  await picture(page, "setup-twelve", () => go(page, `${EXPERIMENTS}/${TWELVE}?tab=setup`));
  await pictureOfDialog(page, "conclude-twelve", async (language) => {
    await go(page, `${EXPERIMENTS}/${TWELVE}`);
    await press(page, language, "experiment_command_conclude");
    await expect(anyDialog(page)).toBeVisible();
  });
});

test("a conclusion that is incomplete, and one that is not", async ({ page }) => {
  const open = async (language: Language) => {
    await go(page, `${EXPERIMENTS}/${BETTER}`);
    await press(page, language, "experiment_command_conclude");
    await anyDialog(page)
      .getByRole("button", { name: texts(language, "experiment_conclude") })
      .click();
  };
  await pictureOfDialog(page, "conclude-incomplete", async (language) => {
    await open(language);
    await expect(anyDialog(page).getByRole("alert").first()).toBeVisible();
  });
  await pictureOfDialog(page, "conclude-complete", async (language) => {
    await open(language);
    await anyDialog(page).getByRole("radio", { name: "urgent", exact: true }).click();
    await anyDialog(page)
      .getByRole("radio", { name: texts(language, "experiment_conclusion_won") })
      .click();
  });
});

test("a person who takes part", ({ page }) =>
  picture(
    page,
    "person-taking-part",
    async () => {
      const { rows } = await server.database.pool.query<{ userId: number }>(
        `SELECT "userId" FROM "ExperimentVariant" WHERE "experimentSlug" = $1 AND "exposedAt" IS NOT NULL LIMIT 1`,
        [BETTER],
      );
      await go(page, `${EXPERIMENTS}/-/people?user=${rows[0]?.userId}`);
    },
    false,
  ));

test("an edit that is refused", ({ page }) =>
  picture(page, "experiment-edit-refused", async (language) => {
    await go(page, `${EXPERIMENTS}/${BETTER}/edit`);
    await page
      .getByLabel(new RegExp(`^${textsOf(language).experiment_hypothesis}`))
      .fill("Naming the gain sells.");
    await server.database.pool.query(
      `UPDATE "Feature" SET "metadata" = "metadata" || jsonb_build_object('hypothesis', $2::text) WHERE "slug" = $1`,
      // Another one each time, or nothing would have changed.
      [BETTER, language === "de" ? "Ein kürzerer Text verkauft mehr." : "A shorter label sells more."],
    );
    await press(page, language, "save_changes");
    await expect(
      page.getByRole("button", { name: texts(language, "experiment_keep_my_changes") }),
    ).toBeVisible();
  }));

test("a report of what was concluded", async ({ page }) => {
  await picture(page, "report-running", () => go(page, `${EXPERIMENTS}/-/report/${BETTER}`), false);
});
