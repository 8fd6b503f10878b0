import type { Translate } from "@calcom/lib/i18n";
import { say } from "@calcom/lib/sentence";
import { isApiError } from "@calcom/trpc/react";

export interface ApiFailure {
  /** Null where the failure was not foreseen. */
  code: string | null;
  /** Fit to show. */
  message: string;
  /** The inputs that were refused; `path` is dotted, as the input of the procedure has it. */
  issues: { path: string; message: string }[];
}

/** What a call of the API failed with, as a person can use it; a lost connection has a sentence of its own. */
export function apiFailure(error: unknown, t: Translate): ApiFailure {
  const data = isApiError(error) ? error.data : undefined;
  if (!isApiError(error) || data === undefined || data === null) {
    return { code: null, message: t("connection_failed"), issues: [] };
  }
  const { app, issues } = data;
  const code = app?.code ?? null;
  if (issues) {
    const said = issues.map((issue) => ({ path: issue.path, message: say(t, issue) }));
    return { code, message: said.map(({ message }) => message).join(" "), issues: said };
  }
  const message = say(t, { message: error.message, sentence: app?.sentence });
  return { code, message, issues: app?.field === undefined ? [] : [{ path: app.field, message }] };
}
