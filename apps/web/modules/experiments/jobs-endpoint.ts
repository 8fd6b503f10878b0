import "server-only";
import { createHash, timingSafeEqual } from "node:crypto";
import { runExperimentJobs } from "@calcom/features/experiments/server";
import { runFlagSchedule } from "@calcom/features/flags/server";
import { env } from "@calcom/lib/env";
import { logger } from "@calcom/lib/logger";
import { RateLimit } from "@calcom/lib/rate-limit";
import { strike } from "@calcom/lib/strike";
import { NEVER_STORED, refuse } from "@/lib/json-endpoint";

/** A scheduler asks once a minute; several of them may be set up by mistake. */
const RUNS_PER_MINUTE = 20;
const runs = new RateLimit({ points: RUNS_PER_MINUTE, windowMs: 60_000 });

/**
 * Runs the schedules of flags and experiments, recounts and the sender once, for a scheduler that knows the secret. Without a secret in the settings
 * there is no such address.
 */
export async function answerJobs(request: Request): Promise<Response> {
  const { EXPERIMENTS_JOBS_SECRET: secret } = env();
  if (secret === undefined) return refuse(404, "not_found", "There is no such address.");
  const given = /^Bearer (\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  if (given === undefined || !isSame(given, secret)) {
    const refused = refuse(401, "not_allowed", "Send the secret as `Authorization: Bearer …`.");
    refused.headers.set("www-authenticate", "Bearer");
    return refused;
  }
  // Only who knows the secret takes one.
  if (!runs.take("")) {
    strike("experiments.jobs");
    const refused = refuse(429, "rate_limited", "Once a minute is enough: wait a minute.");
    refused.headers.set("retry-after", String(runs.secondsLeft()));
    return refused;
  }
  try {
    // Flags first: a recount takes its time.
    const flags = await runFlagSchedule();
    return Response.json({ ...(await runExperimentJobs()), flags }, { headers: NEVER_STORED });
  } catch (error) {
    logger.error("The jobs of experiments could not be run", { error });
    return refuse(503, "unavailable", "The database isn’t responding. Try again in a moment.");
  }
}

/** Hashes are of one length, so that comparing tells nothing of where two secrets differ. */
function isSame(given: string, secret: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(given), hash(secret));
}
