import { appendFileSync } from "node:fs";
import { freePort } from "@calcom/embedded-postgres/free-port";
import { spawnWebServer, type WebServer } from "@calcom/scripts/web-server";
import { testEnv } from "./test-env";

export interface TestServerOptions {
  databaseUrl: string;
  /** A free one where absent; give that of a server which was killed to take its place. */
  port?: number;
  /** Settings over the usual ones, such as CONSENT_MODE. */
  env?: Record<string, string>;
  secrets?: Record<string, string>;
  /** Gets what it says, besides the log of the run. */
  onOutput?: (text: string) => void;
}

export interface TestWebServer extends WebServer {
  baseUrl: string;
  port: number;
}

const logFile = "test-results/web-server.log";

/** A production server of the current build. Stop it, or kill it: it ends with the test's process at the latest. */
export async function startWebServer(options: TestServerOptions): Promise<TestWebServer> {
  const port = options.port ?? (await freePort());
  const baseUrl = `http://127.0.0.1:${port}`;
  const server = await spawnWebServer({
    mode: "start",
    host: "127.0.0.1",
    port,
    env: {
      ...withoutSettings(process.env),
      NODE_ENV: "production",
      LOG_LEVEL: "warn",
      NEXTAUTH_URL: baseUrl,
      // No test may hang on how busy the machine is: who tests the budget sets it.
      EXPERIMENT_BUDGET_MS: "10000",
      DECISION_BUDGET_MS: "10000",
      ...(options.secrets ?? testEnv().secrets),
      ...options.env,
      DATABASE_URL: options.databaseUrl,
    },
    onOutput(text) {
      appendFileSync(logFile, text);
      options.onOutput?.(text);
    },
  });
  return { ...server, baseUrl, port };
}

/** The shell of whoever runs the tests must not decide how they end. */
function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const settings =
    /^(DATABASE_|POSTHOG_|CONSENT_MODE$|TRUSTED_PROXIES$|EMBED_|VISITOR_COOKIE_|KEEP_ALIVE_TIMEOUT$|SHUTDOWN_GRACE_MS$|SMTP_URL$|MAIL_FROM$)/;
  const kept = Object.entries(env).filter(([name]) => !settings.test(name));
  return { ...Object.fromEntries(kept), NODE_ENV: env.NODE_ENV };
}
