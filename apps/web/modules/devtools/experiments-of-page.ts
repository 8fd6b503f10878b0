import type { ExperimentAnswer } from "@calcom/features/experiments";
import type {
  DevtoolsExperiment,
  ExposureState,
} from "@calcom/features/experiments/components/ExperimentDevtools";
import type { PreviewChoice } from "@calcom/features/experiments/server";
import type { PagePart } from "./page-registry";

/**
 * Every experiment that the page decided or asked for, by slug. Of one that two providers name the inner one's answer
 * is shown: providers tell of themselves from within.
 */
export function experimentsOfPage(
  parts: readonly PagePart[],
  choices: PreviewChoice[],
  delivered: ReadonlySet<string>,
): DevtoolsExperiment[] {
  const found = new Map<string, DevtoolsExperiment>();
  for (const { answers, store } of parts) {
    const asked = [...store.asked.values()].filter(
      (known): known is ExperimentAnswer => known.slug !== undefined,
    );
    for (const answer of [...answers, ...asked]) {
      const { slug, variant, reason, subject } = answer;
      if (found.has(slug)) continue;
      const exposure = exposureOf(answer, store.seen, delivered);
      const choice = choices.find((each) => each.slug === slug);
      found.set(slug, { slug, variant, reason, subject, exposure, variants: controlFirst(choice) });
    }
  }
  return [...found.values()].sort((a, b) => a.slug.localeCompare(b.slug));
}

function exposureOf(
  { slug, subject, reason }: ExperimentAnswer,
  seen: ReadonlySet<string>,
  delivered: ReadonlySet<string>,
): ExposureState {
  if (reason !== "sticky" && reason !== "allocated") return "not_counted";
  const id = `${slug} ${subject}`;
  if (delivered.has(id)) return "sent";
  return seen.has(id) ? "waiting" : "not_shown";
}

function controlFirst(choice: PreviewChoice | undefined): string[] {
  if (choice === undefined) return [];
  const { variants, control } = choice;
  return [...variants].sort((a, b) => Number(b === control) - Number(a === control));
}
