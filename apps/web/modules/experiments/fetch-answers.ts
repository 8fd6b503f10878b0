import type { ExperimentAnswer } from "@calcom/features/experiments";
import type { Miss } from "@calcom/features/experiments/hooks";
import { createClient } from "@calcom/trpc/client";
import { TRPCClientError } from "@trpc/client";

/** A query travels in its URL, which the client keeps short: this many of the longest slugs fit. */
const CALL_SIZE = 12;

let client: ReturnType<typeof createClient> | undefined;

/** Asks through tRPC, whose code is loaded with this module: with the first miss, and on most pages never. */
export async function fetchAnswers(misses: Miss[]): Promise<ExperimentAnswer[]> {
  client ??= createClient();
  const { getVariants } = client.viewer.experiments;
  const requests = misses.map(({ slug, teamId }) => (teamId === undefined ? slug : { slug, teamId }));
  const calls: ReturnType<typeof getVariants.query>[] = [];
  for (let start = 0; start < requests.length; start += CALL_SIZE)
    calls.push(getVariants.query({ requests: requests.slice(start, start + CALL_SIZE) }));
  try {
    return (await Promise.all(calls)).flat();
  } catch (cause) {
    throw Object.assign(new Error("The experiments were not answered.", { cause }), { code: codeOf(cause) });
  }
}

/** What kept the server from answering; null where it was not reached. */
function codeOf(error: unknown): string | null {
  const data: unknown = error instanceof TRPCClientError ? error.data : null;
  const app = isObject(data) && isObject(data.app) ? data.app : {};
  return typeof app.code === "string" ? app.code : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
