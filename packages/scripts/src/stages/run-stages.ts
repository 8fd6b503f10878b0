import { ScriptError } from "@calcom/lib/script-error";
import { endChildren, tailOf, untilSignal } from "../lib/processes";
import type { FileTime, Plan, Stage, StageResult } from "./stage";

const reportLines = 200;
const slowestFiles = 8;

/**
 * Runs the stages of a plan, all of them whatever fails. The last line sums up every check and every test; the exit code
 * is 1 where one failed or none passed.
 */
export async function runStages(
  plan: Plan,
  filters: string[],
  signal: Promise<string> = untilSignal(),
): Promise<void> {
  const ending = new AbortController();
  const ended = signal.then((name) => {
    ending.abort();
    endChildren();
    throw new ScriptError(`Ended by ${name}.`);
  });
  const results = await Promise.race([runPlan(plan, filters, ending.signal), ended]);
  const sum = (key: "passed" | "failed" | "skipped") =>
    results.reduce((total, result) => total + result[key], 0);
  const [passed, failed, skipped] = [sum("passed"), sum("failed"), sum("skipped")];
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
  console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
}

async function runPlan(plan: Plan, filters: string[], ending: AbortSignal): Promise<StageResult[]> {
  const results: StageResult[] = [];
  for (const group of plan) {
    if (ending.aborted) break;
    const running = group.map(async (one) =>
      Array.isArray(one) ? runPlan(one, filters, ending) : [await runStage(one, filters)],
    );
    results.push(...(await Promise.all(running)).flat());
  }
  return results;
}

async function runStage(stage: Stage, filters: string[]): Promise<StageResult> {
  const startedAt = performance.now();
  let result: StageResult;
  try {
    result = await stage.run(filters);
  } catch (error) {
    const isForeseen = error instanceof ScriptError;
    const report = isForeseen
      ? error.message
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error);
    result = { passed: 0, failed: 1, skipped: 0, report };
  }
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1).padStart(6);
  const { passed, failed, skipped, report } = result;
  const counts = [
    `${passed} passed`,
    ...(failed ? [`${failed} failed`] : []),
    ...(skipped ? [`${skipped} skipped`] : []),
  ];
  if (report !== "") console.log(`\n${tailOf(report, reportLines)}\n`);
  console.log(`${failed > 0 ? "FAIL" : "ok  "} ${stage.name.padEnd(12)} ${seconds} s  ${counts.join(", ")}`);
  for (const { file, seconds } of findSlowest(result.times))
    console.log(`       ${seconds.toFixed(1).padStart(6)} s  ${file}`);
  return result;
}

function findSlowest(times: FileTime[] = []): FileTime[] {
  return [...times].sort((a, b) => b.seconds - a.seconds).slice(0, slowestFiles);
}
