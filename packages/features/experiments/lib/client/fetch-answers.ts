import { isRecord } from "@calcom/lib/json";
import type { ExperimentAnswer } from "../../types/answers";
import type { Miss } from "./transport";

/** Asks the route handler. Loaded with the first miss, and on most pages never. */
export async function fetchAnswers(path: string, requests: Miss[]): Promise<ExperimentAnswer[]> {
  const response = await fetch(path, {
    method: "POST",
    body: JSON.stringify({ requests }),
    headers: { "content-type": "application/json" },
  });
  const said: unknown = await response.json().catch(() => null);
  const { answers, code } = isRecord(said) ? said : {};
  // Our own server's, as it has decided them.
  if (response.ok && Array.isArray(answers)) return answers as ExperimentAnswer[];
  throw Object.assign(new Error(`${path} answered ${response.status}.`), { code: code ?? null });
}
