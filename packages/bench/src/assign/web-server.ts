import { randomBytes } from "node:crypto";
import { freePort } from "@calcom/embedded-postgres/free-port";
import { buildWeb } from "@calcom/scripts/web-build";
import { spawnWebServer } from "@calcom/scripts/web-server";

export interface WebServer {
  port: number;
  pid: number;
  /** Signs visitor cookies that this server believes. */
  visitorSecret: string;
  stop(): Promise<void>;
}

/**
 * The application as `npm start` runs it, and its `*.bench.tsx` pages: a build of its own, which `npm start` makes
 * again without them.
 */
export async function startWebServer(databaseUrl: string): Promise<WebServer> {
  process.env.NEXT_PUBLIC_BENCH_PAGES = "1";
  await buildWeb(() => console.log("Building the application (about a minute) …"));
  const port = await freePort();
  const visitorSecret = aSecret();
  const output: string[] = [];
  const server = await spawnWebServer({
    mode: "start",
    host: "127.0.0.1",
    port,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      NEXT_PUBLIC_BENCH_PAGES: "1",
      LOG_LEVEL: "warn",
      // What is measured is how long it takes, also where the machine is busy.
      DECISION_BUDGET_MS: "10000",
      NEXTAUTH_URL: `http://127.0.0.1:${port}`,
      NEXTAUTH_SECRET: aSecret(),
      VISITOR_COOKIE_SECRET: visitorSecret,
      PREVIEW_SECRET: aSecret(),
      // The load plays a proxy in front, behind which every visitor has an address of their own.
      TRUSTED_PROXIES: "1",
      DATABASE_URL: databaseUrl,
    },
    onOutput: (text) => output.push(text),
  });
  return {
    port,
    pid: server.pid,
    visitorSecret,
    async stop() {
      await server.stop();
      const complaints = output.join("").match(/^.*(warn|error).*$/gim) ?? [];
      if (complaints.length > 0)
        console.warn(`The web server complained:\n${complaints.slice(0, 5).join("\n")}`);
    },
  };
}

const aSecret = (): string => randomBytes(32).toString("hex");
