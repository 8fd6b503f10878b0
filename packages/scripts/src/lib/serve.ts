import { parseEnv } from "@calcom/lib/env";
import { ScriptError } from "@calcom/lib/script-error";
import { DEMO_PASSWORD, demoLogins, seedDemo } from "@calcom/seed";
import { type AppDatabase, openAppDatabase } from "./app-database";
import { dataDirectory } from "./data-directory";
import { loadDotEnv } from "./dot-env";
import { endChildren, parsePort, untilSignal } from "./processes";
import { embeddedSecrets } from "./secrets";
import { addressOf, refuseTakenPort, spawnWebServer } from "./web-server";

export interface ServeOptions {
  mode: "start" | "dev";
  /** True where the database is taken as it is: neither migrated nor filled. */
  isMigrated?: boolean;
  /** What has to be there before the server starts, and needs no database. */
  prepare?: () => Promise<void>;
}

/** Opens the database, serves the application and stops both at the first signal. Returns when everything has ended. */
export async function serve({ mode, isMigrated = false, prepare }: ServeOptions): Promise<void> {
  loadDotEnv();
  const signal = untilSignal();
  const port = parsePort(process.env.PORT);
  const isEmbedded = (process.env.DATABASE_URL ?? "") === "";
  const env = settings(mode, port, isEmbedded);
  // The embedded database holds users whose passwords everybody knows: it is served to this machine alone.
  const host = isEmbedded ? "127.0.0.1" : process.env.HOST || "0.0.0.0";
  await refuseTakenPort(port, host);

  // It needs no database, and takes as long: both begin at once.
  const prepared = prepare?.() ?? Promise.resolve();
  prepared.catch(() => {}); // it is waited for below
  try {
    const database = await openAppDatabase({ isMigrated });
    try {
      const isEnded = await Promise.race([
        signal.then(() => true),
        Promise.all([prepared, isMigrated ? null : fill(database)]).then(() => false),
      ]);
      if (isEnded) return;
      const server = await spawnWebServer({ mode, port, host, env: { ...env, DATABASE_URL: database.url } });
      greet(port, database);
      const code = await Promise.race([signal.then(() => null), server.exited]);
      if (code !== null) throw new ScriptError(`The web server ended by itself (exit code ${code}).`);
      await server.stop();
    } finally {
      await database.stop();
    }
  } finally {
    endChildren();
  }
}

/** Ours, with the demo. That of DATABASE_URL belongs to somebody. */
async function fill(database: AppDatabase): Promise<void> {
  if (!database.isEmbedded) return;
  const { seeded } = await seedDemo({ connectionString: database.url });
  if (seeded) console.log("Filled the database with the demo.");
}

/** What the server gets; checked now, so that a missing secret stops the start before anything else happens. */
function settings(mode: ServeOptions["mode"], port: number, isEmbedded: boolean): NodeJS.ProcessEnv {
  const NODE_ENV = mode === "start" ? "production" : "development";
  if (!isEmbedded) {
    const env = { ...process.env, NODE_ENV } as const;
    parseEnv(env);
    return env;
  }
  const env = {
    NEXTAUTH_URL: addressOf(port),
    // A line for each request would carry the logins away.
    LOG_LEVEL: "warn",
    ...embeddedSecrets(dataDirectory()),
    ...process.env,
    // It is reached directly anyway; another one must not be listened to.
    DATABASE_DIRECT_URL: "",
    NODE_ENV,
  } as const;
  parseEnv({ ...env, DATABASE_URL: "postgresql://embedded" });
  return env;
}

function greet(port: number, { isEmbedded }: AppDatabase): void {
  console.log(`\n  Calcom Experiments runs at ${addressOf(port)}\n`);
  if (isEmbedded) {
    console.log(`  Demo logins, all with the password ${DEMO_PASSWORD}:`);
    for (const { email, who } of demoLogins) console.log(`    ${email.padEnd(20)} ${who}`);
  } else {
    console.log("  `npm run create-admin` makes an administrator.");
  }
  console.log("\n  Ctrl-C stops it.\n");
}
