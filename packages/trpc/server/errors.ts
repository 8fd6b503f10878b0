import { type AppError, type ErrorKind, INTERNAL_MESSAGE, isAppError } from "@calcom/lib/errors";
import { asForeseen } from "@calcom/lib/foreseen";
import { refusalOf } from "@calcom/lib/issue";
import { logger } from "@calcom/lib/logger";
import { logSecurity } from "@calcom/lib/security-log";
import type { Refusal } from "@calcom/lib/sentence";
import { type TRPC_ERROR_CODE_KEY, type TRPCDefaultErrorShape, TRPCError } from "@trpc/server";
import type { Context } from "./context";

/** What a client finds in `error.data.app` when a failure was foreseen. */
export type AppErrorData = Pick<AppError, "code" | "field" | "details" | "sentence">;

/** What a client finds in `error.data.issues` when its input was refused; `path` is dotted. */
export interface InputIssue extends Refusal {
  path: string;
}

const codeOf: Record<ErrorKind, TRPC_ERROR_CODE_KEY> = {
  bad_request: "BAD_REQUEST",
  unauthorized: "UNAUTHORIZED",
  forbidden: "FORBIDDEN",
  not_found: "NOT_FOUND",
  conflict: "CONFLICT",
  too_many_requests: "TOO_MANY_REQUESTS",
  unavailable: "SERVICE_UNAVAILABLE",
};

/** Gives a foreseen failure its status; tRPC treats every foreign error as an internal one. */
export function translateError(error: TRPCError): TRPCError {
  const cause = asForeseen(error.cause);
  if (cause === null) return error;
  return new TRPCError({ code: codeOf[cause.kind], message: cause.message, cause });
}

/** The shape that leaves the server: a sentence fit to show, and nothing internal. */
export function formatError({ shape, error }: { shape: TRPCDefaultErrorShape; error: TRPCError }) {
  const issues = inputIssues(error);
  return {
    ...shape,
    message: messageOf(error, issues),
    data: {
      code: shape.data.code,
      httpStatus: shape.data.httpStatus,
      path: shape.data.path,
      app: isAppError(error.cause) ? appErrorData(error.cause) : null,
      issues,
    },
  };
}

/**
 * Logs unforeseen failures and outages, with their cause, and who was refused. Other foreseen ones are answers, not
 * incidents.
 */
export function logFailure({ error, path, ctx }: Failure): void {
  if (error.code === "UNAUTHORIZED" || error.code === "FORBIDDEN")
    logSecurity("refused", { procedure: path, code: error.code, userId: ctx?.identity.userId ?? null });
  const facts = { path, error: error.cause ?? error };
  if (error.code === "INTERNAL_SERVER_ERROR") logger.error("A procedure failed", facts);
  if (error.code === "SERVICE_UNAVAILABLE") logger.warn("A procedure was not answered", facts);
}

interface Failure {
  error: TRPCError;
  path?: string | undefined;
  ctx?: Context | undefined;
}

function messageOf(error: TRPCError, issues: InputIssue[] | null): string {
  if (error.code === "INTERNAL_SERVER_ERROR") return INTERNAL_MESSAGE;
  if (error.code === "PARSE_ERROR") return "The request couldn’t be read. Send JSON in the tRPC format.";
  if (issues === null) return error.message;
  return issues.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`)).join(" ");
}

function appErrorData({ code, field, details, sentence }: AppError): AppErrorData {
  return { code, field, details, sentence };
}

/** Recognised by shape, which zod's own error and the standard schema's share. */
function inputIssues({ code, cause }: TRPCError): InputIssue[] | null {
  if (code !== "BAD_REQUEST" || !(cause instanceof Error) || !("issues" in cause)) return null;
  if (!Array.isArray(cause.issues)) return null;
  return cause.issues
    .filter(isIssue)
    .map((issue) => ({ path: (issue.path ?? []).join("."), ...refusalOf(issue) }));
}

function isIssue(issue: unknown): issue is { path?: PropertyKey[]; message: string } {
  if (typeof issue !== "object" || issue === null) return false;
  const { path, message } = issue as { path?: unknown; message?: unknown };
  return typeof message === "string" && (path === undefined || Array.isArray(path));
}
