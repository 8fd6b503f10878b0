import type { AppError } from "./errors";
import { refusalOf } from "./issue";
import type { Refusal } from "./sentence";

/** What a client is told of a failure that was foreseen. */
export type AppErrorData = Pick<AppError, "code" | "field" | "details" | "sentence">;

/** What a client is told of an input that was refused; `path` is dotted. */
export interface InputIssue extends Refusal {
  path: string;
}

export interface FailureData {
  app: AppErrorData | null;
  issues: InputIssue[] | null;
}

export function appErrorData({ code, field, details, sentence }: AppError): AppErrorData {
  return { code, field, details, sentence };
}

/** Recognised by shape, which zod's own error and the standard schema's share. */
export function inputIssuesOf(error: unknown): InputIssue[] | null {
  if (!(error instanceof Error) || !("issues" in error) || !Array.isArray(error.issues)) return null;
  return error.issues
    .filter(isIssue)
    .map((issue) => ({ path: (issue.path ?? []).join("."), ...refusalOf(issue) }));
}

/** All of them in one line. */
export function joinIssues(issues: readonly InputIssue[]): string {
  return issues.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`)).join(" ");
}

function isIssue(issue: unknown): issue is { path?: PropertyKey[]; message: string } {
  if (typeof issue !== "object" || issue === null) return false;
  const { path, message } = issue as { path?: unknown; message?: unknown };
  return typeof message === "string" && (path === undefined || Array.isArray(path));
}
