import assert from "node:assert/strict";
import type { Host } from "./host";
import { parsePage, type Step } from "./parse-page";

/** What of INSTALL.md fits a host: every block but those of choices that it does not take. */
export function stepsFor(host: Pick<Host, "name" | "sections">, page: string): Step[] {
  const choices = new Set([...page.matchAll(/^### (.+)$/gm)].map(([, heading = ""]) => heading));
  for (const section of host.sections)
    assert(choices.has(section), `INSTALL.md has no section "${section}", which ${host.name} follows.`);
  return parsePage(page).filter(({ section }) => !choices.has(section) || host.sections.includes(section));
}

export const isUpgrade = ({ section }: Step) => section.startsWith("Upgrade ");
export const isRemoval = ({ section }: Step) => section.startsWith("Uninstall ");
export const isInstallation = (step: Step) => !isUpgrade(step) && !isRemoval(step);

/** The page names the package by its version. */
export function installing(file: string, steps: readonly Step[]): Step[] {
  return steps.map((step) => ({
    ...step,
    text: step.text.replaceAll(/(?<=\.\/vendor\/)experiments-\S+\.tgz/g, file),
  }));
}
