import type { CommandRefusal } from "@calcom/features/experiments/components/ExperimentCommandDialog";
import type { SaveRefusal } from "@calcom/features/experiments/components/ExperimentForm";
import type { Translate } from "@calcom/lib/i18n";
import { asRefusal, isSentence, say } from "@calcom/lib/sentence";
import { failureOf } from "../api/failure";

/** Why the API did not do it, in words fit to show. */
export function commandRefusal(error: unknown, t: Translate): CommandRefusal {
  const failure = failureOf(error);
  if (failure === null) return { code: null, message: t("experiment_could_not_reach_server") };
  const { app, issues } = failure;
  const refusal = issues?.[0] ?? { message: (error as Error).message, sentence: app?.sentence };
  const field = app?.field ?? issues?.[0]?.path;
  const changed = app?.details?.changed;
  return {
    code: app?.code ?? null,
    message: say(t, refusal),
    ...(isSentence(changed) && { changed: say(t, asRefusal(changed)) }),
    ...(field !== undefined && { field }),
  };
}

/** The same for a form: each refused value with its place. */
export function saveRefusal(error: unknown, t: Translate): SaveRefusal {
  const { code, message, changed } = commandRefusal(error, t);
  const failure = failureOf(error);
  const field = failure?.app?.field;
  const issues = field === undefined ? (failure?.issues ?? []) : [{ path: field, message }];
  // What the API calls the settings of an edit.
  return {
    code,
    message,
    changed,
    issues: issues.map((issue) => ({ path: issue.path.replace(/^patch\./, ""), message: say(t, issue) })),
  };
}
