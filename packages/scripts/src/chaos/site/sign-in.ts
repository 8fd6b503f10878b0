import { ScriptError } from "@calcom/lib/script-error";
import { z } from "zod";
import { ask } from "../traffic/ask";
import type { Site } from "./site";

/** Signs a person in by the endpoint of the form, and returns the cookies of the session. */
export async function signIn(baseUrl: string, { email, password }: Site["admin"]): Promise<string> {
  const csrf = await ask(baseUrl, { path: "/api/auth/csrf" });
  const { csrfToken } = z.object({ csrfToken: z.string() }).parse(JSON.parse(csrf.text));
  const answer = await ask(baseUrl, {
    path: "/api/auth/callback/credentials",
    body: { csrfToken, email, password, callbackUrl: baseUrl, json: "true" },
    headers: { cookie: cookiesOf(csrf.headers["set-cookie"]) },
  });
  if (answer.status !== 200) throw new ScriptError(`${email} was not signed in: ${answer.text}`);
  return cookiesOf(answer.headers["set-cookie"]);
}

function cookiesOf(lines: readonly string[] = []): string {
  return lines.map((line) => line.split(";")[0]).join("; ");
}
