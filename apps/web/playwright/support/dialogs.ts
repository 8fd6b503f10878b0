import type { Locator, Page } from "@playwright/test";
import { expect } from "./fixtures";
import { openDemoPage, settled } from "./pages";
import { type Language, patternOf, textsOf } from "./texts";

/** What stands in front of a page of the demo. What is to hold for every dialog is asked of each of these. */
export interface DemoDialog {
  /** Also that of its picture. */
  name: string;
  path: string;
  /** Key of the text of the button that opens it, and gets the focus back. */
  opener: string;
  /** Key of the text of the item, where the button opens a menu. */
  item?: string;
}

const EXPERIMENTS = "/settings/admin/experiments";
const FLAGS = "/settings/admin/flags";
const RUNNING = `${EXPERIMENTS}/upgrade-button-test`;
const ofExperiment = { path: RUNNING, opener: "experiment_actions_for" };
const ofFlag = { path: FLAGS, opener: "flag_actions_label" };

export const demoDialogs: readonly DemoDialog[] = [
  { name: "start", path: `${EXPERIMENTS}/onboarding-checklist`, opener: "experiment_command_start" },
  { name: "conclude-early", path: RUNNING, opener: "experiment_command_conclude" },
  { name: "turn-off", ...ofExperiment, item: "experiment_command_turn_off" },
  { name: "duplicate", ...ofExperiment, item: "experiment_command_duplicate" },
  { name: "delete", ...ofExperiment, item: "experiment_command_delete" },
  { name: "report-share", path: `${EXPERIMENTS}/-/report/upgrade-button-test`, opener: "report_share_open" },
  { name: "palette", path: EXPERIMENTS, opener: "palette" },
  { name: "view", path: `${EXPERIMENTS}?search=upgrade`, opener: "view_save" },
  { name: "metric-beside-form", path: `${EXPERIMENTS}/new`, opener: "metric_make" },
  { name: "flag-new", path: FLAGS, opener: "flag_new" },
  { name: "flag-configure", path: FLAGS, opener: "flag_configure_label" },
  { name: "flag-assign", path: FLAGS, opener: "flag_assign_label" },
  { name: "flag-assign-by-menu", ...ofFlag, item: "flag_assign" },
  { name: "flag-rollout", ...ofFlag, item: "flag_rollout" },
  { name: "flag-schedule", ...ofFlag, item: "flag_schedule" },
  { name: "flag-convert", ...ofFlag, item: "flag_convert" },
  { name: "flag-delete", ...ofFlag, item: "flag_delete" },
];

export const openerOf = (page: Page, { opener }: DemoDialog, language: Language = "en"): Locator =>
  page.getByRole("button", { name: patternOf(textsOf(language)[opener] ?? opener) }).first();

/** Undefined for a dialog that no menu opens. */
export function itemOf(page: Page, { item }: DemoDialog, language: Language = "en"): Locator | undefined {
  return item === undefined
    ? undefined
    : page.getByRole("menuitem", { name: patternOf(textsOf(language)[item] ?? item) });
}

export const anyDialog = (page: Page): Locator => page.getByRole("dialog").or(page.getByRole("alertdialog"));

/** Opens the page, in the language that the browser's person reads, and the dialog. */
export async function openDemoDialog(page: Page, dialog: DemoDialog, language: Language): Promise<void> {
  await openDemoPage(page, { ...dialog, email: "admin@example.com" });
  await openerOf(page, dialog, language).click();
  await itemOf(page, dialog, language)?.click();
  await expect(anyDialog(page)).toBeVisible();
  await settled(page);
}
