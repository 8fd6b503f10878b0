import { DAY_MS } from "@calcom/lib/time";
import type { Health, Problem } from "../types/health";
import { awaitedOf } from "./awaited";
import { readPace } from "./design";
import type { StoredResult } from "./types";
import { verdictWordOf } from "./verdict-word";
import { withholdResult } from "./withhold";
import { findWithholding, isOver } from "./withholding";

export interface HealthFacts {
  result: StoredResult;
  /** Whether any build of the application has ever asked for the experiment. */
  isAsked: boolean;
}

/** A weekend alone is no reason to worry. */
const QUIET_DAYS = 3;
/** So long after the start, code that is released has asked. */
const FIRST_ASK_MS = DAY_MS / 24;

/** Judges an experiment by its newest result, at the time of that result. What is withheld is not in it. */
export function judgeHealth({ result: whole, isAsked }: HealthFacts): Health {
  const withholding = findWithholding({ status: whole.status, endedAt: whole.endedAt, result: whole });
  const result = withholding === null ? whole : withholdResult(whole, withholding);
  const awaited = isOver(result) ? null : awaitedOf(result);
  const lastExposedOn = findLastExposure(result);
  const harmed = listHarmed(result);
  const broken = listBroken(result);
  const holds: Record<Problem, boolean> = {
    split_off: result.analysis?.split.status === "off",
    guardrail_harmed: harmed.length > 0,
    // Of a damaged experiment there is no result.
    damaged: false,
    metric_broken: broken.length > 0,
    never_asked: isNeverAsked(result, lastExposedOn, isAsked),
    no_traffic: isQuiet(result, lastExposedOn, isAsked),
    past_end: isPlanReached(result),
  };
  const problems = (Object.keys(holds) as Problem[]).filter((problem) => holds[problem]);
  return {
    asOf: result.asOf,
    verdict: verdictWordOf(result),
    daysToGo: awaited?.daysToGo ?? null,
    unitsToGo: awaited?.unitsToGo ?? null,
    problems: isOver(result) ? [] : problems,
    lastExposedOn,
    harmed,
    broken,
  };
}

/** As the verdict: of groups that are not alike no harm is known, and a guardrail chosen after the start decides nothing. */
function listHarmed({ analysis, metrics }: StoredResult): string[] {
  if (analysis === null || analysis.split.status === "off") return [];
  const worse = new Set(
    analysis.guardrails.flatMap(({ metric, status }) => (status === "worse" ? metric : [])),
  );
  return metrics
    .filter(({ key, isChosenAfterStart }) => worse.has(key) && !isChosenAfterStart)
    .map(({ name }) => name);
}

/** What cannot be measured as planned, and what contradicts itself. */
function listBroken({ analysis, metrics, unknownMetrics, unmeasured }: StoredResult): string[] {
  const invalid = new Set(
    analysis?.metrics
      .filter(({ comparisons }) =>
        comparisons.some((one) => one.status === "withheld" && one.reason.code === "invalid_data"),
      )
      .map(({ metric }) => metric.id),
  );
  const lost = unmeasured?.map(({ name }) => name) ?? unknownMetrics;
  return [...lost, ...metrics.filter(({ key }) => invalid.has(key)).map(({ name }) => name)];
}

function findLastExposure({ series }: StoredResult): string | null {
  const days = series.exposures.flatMap(({ day, exposed }) =>
    Object.values(exposed).some((units) => units > 0) ? day : [],
  );
  return days.sort().at(-1) ?? null;
}

/** If subjects were exposed, some code has asked, even if it did not give its name. */
function isNeverAsked(result: StoredResult, lastExposedOn: string | null, isAsked: boolean): boolean {
  return !isAsked && lastExposedOn === null && isRunningFor(result, FIRST_ASK_MS);
}

function isQuiet(result: StoredResult, lastExposedOn: string | null, isAsked: boolean): boolean {
  if (!isRunningFor(result, QUIET_DAYS * DAY_MS)) return false;
  if (lastExposedOn === null) return isAsked;
  return Date.parse(result.asOf) - (Date.parse(lastExposedOn) + DAY_MS) >= QUIET_DAYS * DAY_MS;
}

function isRunningFor({ status, startedAt, asOf }: StoredResult, ms: number): boolean {
  return status === "running" && startedAt !== null && Date.parse(asOf) - Date.parse(startedAt) >= ms;
}

/** All that was planned has come: to go on waiting decides nothing. */
export function isPlanReached(result: StoredResult): boolean {
  const { analysis, plannedSubjects, settings, population } = result;
  if (analysis === null) return false;
  if (analysis.isFinal) return true;
  const hasCome = (population?.subjects ?? 0) >= plannedSubjects;
  return hasCome && readPace(result).days >= settings.minimumRuntimeDays;
}
