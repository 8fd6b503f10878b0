import { createAuth } from "@calcom/features/auth/server";
import type { WebServer } from "../assign/web-server";
import type { Fixture } from "../internals";

const password = "correct horse battery";

interface Attempt {
  email: string;
  password: string;
  address: string;
}

/** Somebody who has signed in by the same endpoint as the form; answers the cookies of their session. */
export async function signIn(
  server: WebServer,
  { database }: Fixture,
  { email, address }: { email: string; address: string },
): Promise<string> {
  await createAuth(database).signUp({ name: "Uma", email, password });
  const answer = await post(server, { email, password, address });
  const session = cookiesOf(answer);
  if (!session.includes("session-token")) throw new Error(`Signing in answered ${answer.status}.`);
  return session;
}

/** Answers the status that somebody is told. */
export async function tryToSignIn(server: WebServer, attempt: Attempt): Promise<number> {
  const answer = await post(server, attempt);
  await answer.arrayBuffer();
  return answer.status;
}

async function post({ port }: WebServer, { email, password, address }: Attempt): Promise<Response> {
  const base = `http://127.0.0.1:${port}/api/auth`;
  const headers = { "x-forwarded-for": address };
  const asked = await fetch(`${base}/csrf`, { headers });
  const { csrfToken } = (await asked.json()) as { csrfToken: string };
  return fetch(`${base}/callback/credentials`, {
    method: "POST",
    headers: { ...headers, cookie: cookiesOf(asked) },
    body: new URLSearchParams({ csrfToken, email, password, json: "true" }),
    redirect: "manual",
  });
}

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}
