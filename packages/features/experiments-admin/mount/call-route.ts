import { reviveDates } from "@calcom/lib/dated-json";
import type { AdminClient, FlagClient } from "../api/client";
import { AdminApiError } from "../api/failure";
import { recordPath } from "../api/paths-of-calls";

/** Asks the application's route: a POST of JSON for each call, and JSON back. */
export function createRouteClient(apiPath: string): AdminClient & { flags: FlagClient } {
  return recordPath(({ path, args: [input] }) =>
    call(`${apiPath}/admin/${path.join(".")}`, input),
  ) as AdminClient & { flags: FlagClient };
}

async function call(address: string, input: unknown): Promise<unknown> {
  const response = await post(address, input);
  const answer: unknown = await response.json().catch((cause: unknown) => {
    throw new AdminApiError("The server did not answer in JSON.", { status: response.status, cause });
  });
  if (response.ok) return reviveDates(answer as Parameters<typeof reviveDates>[0]);
  const { message, failure } = answer as { message: string; failure?: AdminApiError["data"] };
  throw new AdminApiError(message, { status: response.status, ...(failure && { data: failure }) });
}

async function post(address: string, input: unknown): Promise<Response> {
  try {
    return await fetch(address, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: input === undefined ? "" : JSON.stringify(input),
    });
  } catch (cause) {
    throw new AdminApiError("The server could not be reached.", { cause });
  }
}

/** Whether asking again may help: not after a refusal. */
export function isPassing(error: unknown): boolean {
  const status = error instanceof AdminApiError ? error.status : undefined;
  return status === undefined || status >= 500;
}
