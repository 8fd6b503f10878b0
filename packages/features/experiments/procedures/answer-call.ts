import { noteDates } from "@calcom/lib/dated-json";
import { AppError, httpStatusOf, INTERNAL_MESSAGE, isAppError, retryAfterOf } from "@calcom/lib/errors";
import { appErrorData, type FailureData, inputIssuesOf, joinIssues } from "@calcom/lib/failure-data";
import { asForeseen } from "@calcom/lib/foreseen";
import { readJson, UnreadableJson } from "@calcom/lib/gate/json-text";
import { NEVER_STORED, refuseOtherSites } from "@calcom/lib/json-endpoint";
import { logger } from "@calcom/lib/logger";
import { readBody } from "@calcom/lib/read-body";
import { isSameOrigin } from "@calcom/lib/same-origin";
import { logSecurity } from "@calcom/lib/security-log";
import type { Actor } from "../admin-services";
import { type AnyProcedure, findProcedure, type Procedures } from "./procedure";

/** Several times the size of an experiment that uses all its limits. */
const MAX_BODY_BYTES = 1024 * 1024;

interface Call {
  /** Of the procedure, such as `audience.count`. */
  path: string;
  request: Request;
  /** Asked for only where there is something to answer. */
  actor(): Promise<Actor>;
  /** Throws for whoever may call none of these procedures. */
  authorize(actor: Actor): Promise<unknown>;
}

/**
 * Answers one call of the administration: JSON in, JSON out, by POST. Who may not call it is told so before the
 * input is looked at, and learns nothing of its shape.
 */
export async function answerCall(
  procedures: Procedures,
  { path, request, actor, authorize }: Call,
): Promise<Response> {
  if (!isSameOrigin(request)) return refuseOtherSites();
  let who: Actor = { userId: null };
  try {
    const procedure = findProcedure(procedures, path);
    if (procedure === null) throw new AppError("not_found", "not_found", "There is nothing at this address.");
    if (!isJson(request))
      throw new AppError("bad_request", "invalid_input", "Send this as application/json.");
    who = await actor();
    await authorize(who);
    const answer = await procedure.run(who, await readInput(procedure, request));
    return Response.json(noteDates(answer), { headers: NEVER_STORED });
  } catch (error) {
    return tellFailure(error, { procedure: path, userId: who.userId });
  }
}

/** A page of another site can send nothing of this type without asking first. */
function isJson({ headers }: Request): boolean {
  return /^application\/json\b/i.test(headers.get("content-type") ?? "");
}

async function readInput({ input }: AnyProcedure, request: Request): Promise<unknown> {
  const body = await readBody(request, MAX_BODY_BYTES);
  if (body === null) throw new AppError("bad_request", "invalid_input", "Send at most 1 MB in one call.");
  if (input === null) return undefined;
  const value = body.length === 0 ? undefined : readJson(body.toString("utf8"));
  if (value instanceof UnreadableJson) throw new AppError("bad_request", "invalid_input", value.why);
  return input.parse(value);
}

function tellFailure(error: unknown, facts: { procedure: string; userId: Actor["userId"] }): Response {
  const issues = isAppError(error) ? null : inputIssuesOf(error);
  if (issues !== null) return refuse(400, joinIssues(issues), { app: null, issues });
  const foreseen = asForeseen(error);
  if (foreseen === null) {
    logger.error("A procedure failed", { ...facts, error });
    return refuse(500, INTERNAL_MESSAGE, { app: null, issues: null });
  }
  note(foreseen, facts);
  const response = refuse(httpStatusOf[foreseen.kind], foreseen.message, {
    app: appErrorData(foreseen),
    issues: null,
  });
  const seconds = retryAfterOf(foreseen);
  if (seconds !== null) response.headers.set("retry-after", String(seconds));
  return response;
}

function note(error: AppError, facts: { procedure: string; userId: Actor["userId"] }): void {
  if (error.kind === "unauthorized" || error.kind === "forbidden")
    logSecurity("refused", { ...facts, code: error.kind.toUpperCase() });
  if (error.kind === "unavailable") logger.warn("A procedure was not answered", { ...facts, error });
}

function refuse(status: number, message: string, failure: FailureData): Response {
  return Response.json({ message, failure }, { status, headers: NEVER_STORED });
}
