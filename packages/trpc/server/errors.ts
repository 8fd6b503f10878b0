import { type ErrorKind, INTERNAL_MESSAGE, isAppError } from "@calcom/lib/errors";
import { appErrorData, type InputIssue, inputIssuesOf, joinIssues } from "@calcom/lib/failure-data";
import { asForeseen } from "@calcom/lib/foreseen";
import { logger } from "@calcom/lib/logger";
import { logSecurity } from "@calcom/lib/security-log";
import { type TRPC_ERROR_CODE_KEY, type TRPCDefaultErrorShape, TRPCError } from "@trpc/server";
import type { Context } from "./context";

export type { AppErrorData, InputIssue } from "@calcom/lib/failure-data";

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
  return issues === null ? error.message : joinIssues(issues);
}

function inputIssues({ code, cause }: TRPCError): InputIssue[] | null {
  return code === "BAD_REQUEST" ? inputIssuesOf(cause) : null;
}
